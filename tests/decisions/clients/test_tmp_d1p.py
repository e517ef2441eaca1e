import pytest
from tests.decisions.clients.test_paging import *
@pytest.mark.parametrize("word", SORTS)
@pytest.mark.parametrize("descending",[False,True])
@pytest.mark.parametrize("size",[1,3])
def test_p(published, word, descending, size):
    from clientarium.decisions.clients import page_states, read_sort, states_visible_to, vocabulary_for
    u=published.owner
    sort=read_sort(('-' if descending else '')+word, vocabulary_for(u)); q=states_visible_to(u)
    after=None; got=[]
    for i in range(14):
        p=page_states(q,sort,after=after,size=size); got.append([s.client_id for s in p.states]); after=p.next
        if after is None: break
    exp=expected_order(u,word,descending)
    assert [x for g in got for x in g]==exp, (got,exp)
    back=[]
    for i in range(14):
        if not p.previous: break
        p=page_states(q,sort,after=p.previous,size=size); back.insert(0,[s.client_id for s in p.states])
    assert back==got[:-1]
