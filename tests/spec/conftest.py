import pytest

from tests.spec.examples import Spec


@pytest.fixture
def spec() -> Spec:
    return Spec()
