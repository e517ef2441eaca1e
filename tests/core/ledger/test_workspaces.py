"""Folders of running queries are left alone, those of the dead are swept, however many sweep at once."""

import threading

from clientarium.core.ledger.workspace import Workspace, sweep_workspaces


def test_sweep_takes_only_the_dead(tmp_path):
    alive = Workspace(tmp_path / ".work")
    (tmp_path / ".work" / "work-dead").mkdir()
    assert sweep_workspaces(tmp_path / ".work") == 1
    assert list((tmp_path / ".work").iterdir()) == [alive.path]
    alive.close()
    alive.close()
    assert (sweep_workspaces(tmp_path / ".work"), list((tmp_path / ".work").iterdir())) == (0, [])


def test_sweeping_while_others_come_and_go_disturbs_nobody(tmp_path):
    errors = []

    def come_and_go():
        try:
            for _ in range(100):
                workspace = Workspace(tmp_path / ".work")
                assert (workspace.path / "lock").exists()
                workspace.close()
                sweep_workspaces(tmp_path / ".work")
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=come_and_go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    sweep_workspaces(tmp_path / ".work")
    assert list((tmp_path / ".work").iterdir()) == []
