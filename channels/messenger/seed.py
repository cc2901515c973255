"""A messenger with somebody in it: the bot, people, a staff group. Doing it again changes nothing that is there."""

from channels.messenger.groups import STAFF_BOT_RIGHTS, found_group
from channels.messenger.membership import set_member
from channels.messenger.model import JSON
from channels.messenger.people import add_person
from channels.messenger.world import World


def seed(world: World, given: JSON) -> JSON:
    """`bots` (token, username, first_name), `people` (as in /ui/people), `groups` (as in /ui/groups).

    Groups that exist keep their members; those the list adds join. Returns the ids of everything named.
    """
    bots = [world.add_bot(**facts) for facts in given.get("bots") or []]
    people = [add_person(world, facts) for facts in given.get("people") or []]
    groups = [_group(world, facts) for facts in given.get("groups") or []]
    return {"bots": [bot.id for bot in bots], "people": [person.id for person in people], "groups": groups}


def staff_group(chat_id: int, title: str, members: list[int]) -> JSON:
    """A forum whose bots may manage topics, as a counsellors' group must be."""
    return {"id": chat_id, "title": title, "forum": True, "members": members, "rights": STAFF_BOT_RIGHTS}


def _group(world: World, facts: JSON) -> int:
    chat = found_group(world, facts)
    for member in facts.get("members") or []:
        user_id = int(member["user_id"] if isinstance(member, dict) else member)
        if not chat.member(user_id).present:
            set_member(world, chat, user_id, "member")
    for bot_id in world.bots:
        if "bots" not in facts and not chat.member(bot_id).present:
            rights = facts.get("rights") or (STAFF_BOT_RIGHTS if facts.get("admin") else None)
            set_member(world, chat, bot_id, "administrator" if rights else "member", rights=rights)
    return chat.id
