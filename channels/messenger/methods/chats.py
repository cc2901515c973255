"""What a bot may ask about the chats it belongs to."""

from channels.messenger.errors import bad_request
from channels.messenger.membership import set_member, user_json
from channels.messenger.methods.call import Call, known_chat, open_chat
from channels.messenger.model import JSON, Chat, Member
from channels.messenger.views import full_chat_json, member_json


def get_chat(call: Call) -> JSON:
    """getChat."""
    chat = known_chat(call) if call.params.integer("chat_id") > 0 else open_chat(call)
    pinned = call.world.message(chat, chat.pinned[-1]) if chat.pinned else None
    return full_chat_json(chat, call.world.person_of(chat), pinned)


def get_chat_member(call: Call) -> JSON:
    """getChatMember."""
    chat = open_chat(call)
    user_id = call.params.integer("user_id")
    user = user_json(call.world, user_id)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID" if user_id else "invalid user_id specified")
    if chat.private:
        status = "member" if user_id in (chat.id, call.bot.id) else "left"
        return member_json(chat, Member(user_id, status), user)
    return member_json(chat, chat.member(user_id), user)


def get_administrators(call: Call) -> list[JSON]:
    """getChatAdministrators: without other bots, as in Telegram."""
    chat = _many(call)
    admins = [member for member in chat.members.values() if member.admin]
    users = [(member, user_json(call.world, member.user_id)) for member in admins]
    return [member_json(chat, member, user) for member, user in users if user and _shown(call, user)]


def _shown(call: Call, user: JSON) -> bool:
    return not user["is_bot"] or user["id"] == call.bot.id


def _many(call: Call) -> Chat:
    chat = open_chat(call)
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    return chat


def count_members(call: Call) -> int:
    """getChatMemberCount."""
    chat = open_chat(call)
    return 2 if chat.private else sum(member.present for member in chat.members.values())


def leave_chat(call: Call) -> bool:
    """leaveChat."""
    chat = open_chat(call)
    if chat.private:
        raise bad_request("can't leave a private chat")
    set_member(call.world, chat, call.bot.id, "left", by=call.bot.id)
    return True
