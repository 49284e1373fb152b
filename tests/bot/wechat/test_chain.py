from typing import Any, cast

from bot.wechat.chain import Answer, Call, Next, chain

CALL = cast(Call, object())


def test_handlers_run_in_order_and_may_change_the_answer() -> None:
    seen: list[Any] = []

    def outer(call: Call, following: Next) -> Answer:
        seen.append(("outer", call))
        return f"{following(call)}!"

    def inner(call: Call, _following: Next) -> Answer:
        seen.append(("inner", call))
        return "reply"

    assert chain(outer, inner)(CALL) == "reply!"
    assert seen == [("outer", CALL), ("inner", CALL)]


def test_a_handler_may_keep_a_message_to_itself() -> None:
    assert (
        chain(lambda _call, _following: "mine", lambda _call, _following: "never")(CALL) == "mine"
    )


def test_the_end_of_the_chain_says_nothing() -> None:
    assert chain(lambda call, following: following(call))(CALL) is None
