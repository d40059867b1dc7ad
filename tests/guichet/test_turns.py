"""Requests take turns at the processor, and none waits for long."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from guichet.turns import Turns

LONG = 60  # seconds nobody waits in these tests


class Application:
    """Counts who is inside at once; each stays until it is let go."""

    def __init__(self):
        self.inside = self.most = self.ended = 0
        self.changed = threading.Condition()
        self.open = False

    def __call__(self, environ, start_response):
        with self.changed:
            self.inside += 1
            self.most = max(self.most, self.inside)
            self.changed.notify_all()
            self.changed.wait_for(lambda: self.open, LONG)
            self.inside -= 1
            self.ended += 1
        if environ.get("fails"):
            raise RuntimeError("as asked")
        return [b"done"]

    def let_go(self):
        with self.changed:
            self.open = True
            self.changed.notify_all()

    def wait_for(self, count):
        with self.changed:
            return self.changed.wait_for(lambda: self.inside == count, LONG)


@pytest.fixture
def application():
    made = Application()
    yield made
    made.let_go()


def test_two_requests_compute_at_once_and_all_are_answered(application):
    turns = Turns(application, at_once=2, patience=LONG)
    with ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(turns, {}, None) for _ in range(8)]
        assert application.wait_for(2)
        application.let_go()
        assert [job.result(LONG) for job in jobs] == [[b"done"]] * 8
    assert application.most <= 2


def test_a_request_that_waited_goes_on_whatever_keeps_the_others(application):
    turns = Turns(application, at_once=2, patience=0.001)
    with ThreadPoolExecutor(5) as pool:
        jobs = [pool.submit(turns, {}, None) for _ in range(5)]
        assert application.wait_for(5)
        application.let_go()
        assert [job.result(LONG) for job in jobs] == [[b"done"]] * 5


def test_documents_being_sent_take_no_turn(application):
    turns = Turns(application, at_once=1, patience=LONG)
    with ThreadPoolExecutor(3) as pool:
        sent = [
            pool.submit(turns, {"CONTENT_TYPE": "multipart/form-data; boundary=x"}, None) for _ in range(2)
        ]
        assert application.wait_for(2)
        asked = pool.submit(turns, {}, None)
        assert application.wait_for(3)
        application.let_go()
        assert [job.result(LONG) for job in (*sent, asked)] == [[b"done"]] * 3


def test_a_turn_is_given_back_after_a_failure(application):
    application.let_go()
    turns = Turns(application, at_once=1, patience=LONG)
    for _ in range(3):
        with pytest.raises(RuntimeError, match="as asked"):
            turns({"fails": "1"}, None)
    assert turns({}, None) == [b"done"]


def test_a_turn_is_given_back_once_however_long_was_waited(application):
    turns = Turns(application, at_once=1, patience=0.001)
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(turns, {}, None) for _ in range(4)]
        assert application.wait_for(4)
        application.let_go()
        [job.result(LONG) for job in jobs]
        application.open, application.most, turns._patience = False, 0, LONG
        jobs = [pool.submit(turns, {}, None) for _ in range(4)]
        assert application.wait_for(1)
        application.let_go()
        [job.result(LONG) for job in jobs]
    assert application.most == 1
