"""Who follows the account, as WeChat says: by the list of all, and asked by name.

Both calls need the right of user management (用户管理). The list may be asked for 500 times a day.
"""

from collections.abc import Iterator, Sequence

from bot.wechat.client import NO_SUCH_PERSON, ApiError, Client

MOST_PAGES = 400  # of 10,000 followers each
AT_ONCE = 100  # people asked for by name


class IncompleteError(Exception):
    """The list is not whole, or no list at all: who is not on it may follow all the same."""


def pages(client: Client) -> Iterator[list[str]]:
    """All followers (openids), page by page, in the order in which they followed. Only what came to
    its end is the whole list.

    Raises:
        IncompleteError: at the first page that shows it, at the latest after the last.
        ApiError, UnreachableError: see `Client`.
    """
    totals, listed, last = [], 0, ""
    for _ in range(MOST_PAGES):
        answer = client.call("user/get", None, **({"next_openid": last} if last else {}))
        page, total, following = _read(answer)
        totals.append(total)
        listed += len(page)
        if not page:
            break
        yield page
        if following == last:
            raise IncompleteError(f"the list goes in a circle after {listed} of {total} followers")
        last = following
        if not last:
            break
    else:
        raise IncompleteError(f"there are more than {listed} followers")
    # People come and go meanwhile: new ones stand at its end.
    if listed < min(totals) or not listed:
        raise IncompleteError(f"{listed} of {min(totals)} followers were listed")


def not_following(client: Client, people: Sequence[str]) -> tuple[list[str], int]:
    """Of these people (openids) those of whom WeChat itself says that they do not follow; and how
    many the account does not know. Raises ApiError, UnreachableError: see `Client`."""
    gone: list[str] = []
    unknown = 0
    waiting = [list(people[first : first + AT_ONCE]) for first in range(0, len(people), AT_ONCE)]
    while waiting:
        some = waiting.pop()
        try:
            gone += _asked_by_name(client, some)
        except ApiError as error:
            if error.code != NO_SUCH_PERSON:
                raise
            # One of them makes the whole call fail.
            if len(some) == 1:
                unknown += 1
            else:
                waiting += [some[: len(some) // 2], some[len(some) // 2 :]]
    return gone, unknown


def _asked_by_name(client: Client, people: list[str]) -> list[str]:
    asked = {"user_list": [{"openid": person, "lang": "zh_CN"} for person in people]}
    answer = client.call("user/info/batchget", asked)
    try:
        said = {one["openid"]: one["subscribe"] for one in answer["user_info_list"]}
    except (KeyError, TypeError) as error:
        raise IncompleteError("WeChat's answer about people asked by name is unreadable") from error
    return [person for person in people if said.get(person) == 0]


def _read(answer: dict[str, object]) -> tuple[list[str], int, str]:
    """A page, how many followers there are in all, and after whom the next page begins."""
    data, total, count = answer.get("data"), answer.get("total"), answer.get("count")
    page = data.get("openid") if isinstance(data, dict) else []
    sound = isinstance(page, list) and all(isinstance(person, str) and person for person in page)
    if not (sound and isinstance(page, list) and isinstance(total, int) and len(page) == count):
        raise IncompleteError("WeChat's list of followers is unreadable")
    return page, total, str(answer.get("next_openid") or "")
