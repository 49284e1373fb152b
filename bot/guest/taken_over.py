"""The account's own replies as WeChat's API gives them (`get_current_autoreply_info`), as the file
that we read: whatever is no text is named, for a person to write."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Found = Mapping[str, Any]
WHOLE = "equal"  # match_mode of a word that is the whole message
RANDOM = "random_one"


def taken_over(told: Found) -> tuple[dict[str, Any], list[str]]:
    """What goes into the file, and what could not be taken over, one sentence each."""
    left: list[str] = []
    made: dict[str, Any] = {}
    places = {"follow": ("is_add_friend_reply_open", "add_friend_autoreply_info")}
    places |= {"default": ("is_autoreply_open", "message_default_autoreply_info")}
    for name, (switch, place) in places.items():
        if told.get(switch) and told.get(place):
            text = _text([told[place]], name, left)
            made |= {name: text} if text else {}
    rules = (told.get("keyword_autoreply_info") or {}).get("list") or []
    kept = [rule for one in rules if told.get("is_autoreply_open", 1) for rule in _rule(one, left)]
    return made | ({"keywords": kept} if kept else {}), left


def _rule(rule: Found, left: list[str]) -> Iterator[dict[str, Any]]:
    name = str(rule.get("rule_name", ""))
    replies = rule.get("reply_list_info") or []
    if rule.get("reply_mode") == RANDOM and len(replies) > 1:
        left.append(f"{name}: one of {len(replies)} replies was given by chance; the first is kept")
        replies = replies[:1]
    text = _text(replies, name, left)
    words: dict[str, list[str]] = {"exact": [], "contains": []}
    for word in rule.get("keyword_list_info") or []:
        if word.get("type") == "text" and word.get("content"):
            words["exact" if word.get("match_mode") == WHOLE else "contains"].append(
                str(word["content"])
            )
    if text and any(words.values()):
        yield {"name": name} | {key: said for key, said in words.items() if said} | {"reply": text}


def _text(replies: Sequence[Found], name: str, left: list[str]) -> str:
    """One reply, since only one may be given to a message: texts and links one under the other."""
    texts = []
    for reply in replies:
        kind = reply.get("type")
        if kind == "text":
            texts.append(str(reply.get("content", "")))
        elif kind == "news":
            texts += map(_linked, (reply.get("news_info") or {}).get("list") or [])
        else:
            left.append(f"{name}: a reply is no text ({kind}); write one, if it is needed")
    return "\n".join(texts).strip()


def _linked(article: Found) -> str:
    address = article.get("content_url") or article.get("source_url") or ""
    return f'<a href="{address}">{article.get("title", "")}</a>' if address else ""
