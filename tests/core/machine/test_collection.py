import gc

import pytest

from hitpoint.core.machine.collection import uncollected


def test_the_collector_rests_and_is_on_again_even_after_an_error():
    with pytest.raises(ValueError, match="x"), uncollected():
        assert not gc.isenabled()
        raise ValueError("x")
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off():
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
