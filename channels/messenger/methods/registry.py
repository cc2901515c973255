"""Which methods exist, by Telegram's names."""

from collections.abc import Awaitable, Callable
from typing import Any

from channels.messenger.methods import chats, editing, identity, intake, media, speaking, topics
from channels.messenger.methods.call import Call

Method = Callable[[Call], Any] | Callable[[Call], Awaitable[str]]

NAMED: dict[str, Method] = {
    "getMe": identity.get_me,
    "getUpdates": intake.get_updates,
    "setWebhook": intake.set_webhook,
    "deleteWebhook": intake.delete_webhook,
    "getWebhookInfo": intake.webhook_info,
    "sendMessage": speaking.send_message,
    "sendPhoto": speaking.send_photo,
    "sendDocument": speaking.send_document,
    "sendVoice": speaking.send_voice,
    "sendLocation": speaking.send_location,
    "sendContact": speaking.send_contact,
    "sendMediaGroup": speaking.send_media_group,
    "copyMessage": speaking.copy_message,
    "forwardMessage": speaking.forward_message,
    "sendChatAction": speaking.send_chat_action,
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageReplyMarkup": editing.edit_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "answerCallbackQuery": editing.answer_callback,
    "pinChatMessage": editing.pin_message,
    "unpinChatMessage": editing.unpin_message,
    "setMessageReaction": editing.set_reaction,
    "getFile": media.get_file,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_administrators,
    "getChatMemberCount": chats.count_members,
    "leaveChat": chats.leave_chat,
    "createForumTopic": topics.create_topic,
    "editForumTopic": topics.edit_topic,
    "closeForumTopic": topics.close_topic,
    "reopenForumTopic": topics.reopen_topic,
    "deleteForumTopic": topics.delete_topic,
    "setMyCommands": identity.set_commands,
    "getMyCommands": identity.get_commands,
    "deleteMyCommands": identity.delete_commands,
    "setMyName": identity.set_name,
    "getMyName": identity.get_name,
    "setMyDescription": identity.set_description,
    "getMyDescription": identity.get_description,
    "setMyShortDescription": identity.set_short_description,
    "getMyShortDescription": identity.get_short_description,
    "setChatMenuButton": identity.set_menu_button,
    "getChatMenuButton": identity.get_menu_button,
    "logOut": identity.refuse_moving,
    "close": identity.refuse_moving,
}
METHODS = {name.lower(): (name, method) for name, method in NAMED.items()}
