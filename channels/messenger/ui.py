"""The person's side over HTTP, under `/ui/`: for the page, and for tests that play people."""

import time
from collections.abc import AsyncIterator, Callable
from typing import Any

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from channels.messenger import groups, people, touches
from channels.messenger.errors import DeedRefused
from channels.messenger.local_http import endpoint
from channels.messenger.membership import set_blocked, set_member
from channels.messenger.model import JSON, Message, Person
from channels.messenger.phone_views import event_view, group_view, message_view, person_view, state_view
from channels.messenger.store import dumped
from channels.messenger.wire import Params
from channels.messenger.world import World

LONGEST_WAIT = 60.0
SHOWN_INLINE = ("image/jpeg", "image/png", "image/gif", "image/webp", "audio/ogg", "video/mp4")


def _person(world: World, request: Request) -> Person:
    person = world.people.get(request.path_params["person"])
    if person is None:
        raise DeedRefused("no such person", 404)
    return person


def _state(world: World, request: Request, params: Params) -> JSON:
    return state_view(world)


def _add_people(world: World, request: Request, params: Params) -> JSON:
    """One person, or many at once as `people`."""
    many = params.structure("people")
    if many:
        return {"people": [person_view(world, people.add_person(world, given)) for given in many]}
    return person_view(world, people.add_person(world, params.values))


def _send(world: World, request: Request, params: Params) -> JSON:
    person = _person(world, request)
    chat = people.chat_of(world, person, params)
    queue = world.queues.get(chat.bot_id)
    first = queue.bot.next_update_id if queue else 0
    sent = people.send(world, person, params)
    views = [message_view(message, chat.id) for message in sent]
    update_ids = list(range(first, queue.bot.next_update_id)) if queue else []
    return {"message_id": sent[0].id, "chat_id": chat.id, "messages": views, "update_ids": update_ids}


async def _press(world: World, request: Request, params: Params) -> JSON:
    """Press; with `wait` (seconds) the answer the bot gives to the press is in `answer`, null if none came."""
    pressed = touches.press(world, _person(world, request), params)
    if params.values.get("wait") and "callback_id" in pressed:
        callback = world.callbacks[pressed["callback_id"]]
        await _until(world, callback.chat_key, lambda: callback.answer, params)
        pressed["answer"] = callback.answer
    return pressed


async def _until(world: World, chat: str, question: Callable[[], Any], params: Params) -> Any:
    """Ask again at each change in a chat until there is an answer or the caller's `wait` is over."""
    ends = time.monotonic() + min(LONGEST_WAIT, float(params.values.get("wait") or 0))
    while not (found := question()):
        left = ends - time.monotonic()
        if left <= 0 or not await world.events.wait(left, chat):
            return question()
    return found


def _edit(world: World, request: Request, params: Params) -> JSON:
    message = touches.edit(world, _person(world, request), params)
    return {"message_id": message.id}


def _delete(world: World, request: Request, params: Params) -> JSON:
    return {"message_id": touches.delete(world, _person(world, request), params).id}


def _block(world: World, request: Request, params: Params) -> JSON:
    return _blocked(world, request, params, True)


def _unblock(world: World, request: Request, params: Params) -> JSON:
    return _blocked(world, request, params, False)


def _blocked(world: World, request: Request, params: Params, blocked: bool) -> JSON:
    person = _person(world, request)
    set_blocked(world, person, people.bot_of(world, params), blocked)
    return person_view(world, person)


async def _messages(world: World, request: Request, params: Params) -> JSON:
    """A page of a chat: `after` upwards, `before` downwards, the latest without; `wait` until there is something."""
    person = _person(world, request)
    chat = people.chat_of(world, person, params)
    after = params.integer("after") if "after" in params.values else None
    before = params.integer("before") if "before" in params.values else None
    limit = min(1000, max(1, params.integer("limit", 100)))
    thread = params.values.get("thread_id")

    def found() -> list[Message]:
        page = world.history(chat).page(after=after, before=before, limit=limit)
        return [message for message in page if thread is None or message.thread_id == int(thread)]

    page = await _until(world, chat.key, found, params) if params.values.get("wait") else found()
    return {"messages": [message_view(message, chat.id) for message in page], "blocked": chat.blocked}


def _found_group(world: World, request: Request, params: Params) -> JSON:
    return group_view(groups.found_group(world, params.values))


def _members(world: World, request: Request, params: Params) -> JSON:
    """Change somebody's standing: `user_id` (or `bot_id`), `status`, `rights`, and who did it (`by`)."""
    chat = groups.group_of(world, request.path_params["group"])
    user_id = params.integer("user_id") or params.integer("bot_id")
    if user_id not in world.people and user_id not in world.bots:
        raise DeedRefused("no such person", 404)
    status = params.text("status", "member")
    set_member(world, chat, user_id, status, rights=params.structure("rights"), by=params.integer("by"))
    return group_view(chat)


def _upgrade(world: World, request: Request, params: Params) -> JSON:
    chat = groups.group_of(world, request.path_params["group"])
    return group_view(groups.upgrade(world, chat, forum=params.flag("forum"), quiet=params.flag("quiet")))


def _post(world: World, request: Request, params: Params) -> JSON:
    chat = groups.group_of(world, request.path_params["group"])
    if not params.text("text"):
        raise DeedRefused("text is missing")
    voice, thread_id = params.text("as", "anonymous"), params.integer("thread_id")
    message = groups.post_as(world, chat, voice, params.text("text"), thread_id=thread_id)
    return message_view(message, chat.id)


def _open_topic(world: World, request: Request, params: Params) -> JSON:
    chat = groups.group_of(world, request.path_params["group"])
    return dict(vars(groups.open_topic(world, chat, params.text("name", "Topic"), params.integer("by"))))


def _change_topic(world: World, request: Request, params: Params) -> JSON:
    chat = groups.group_of(world, request.path_params["group"])
    topic = groups.topic_of(chat, request.path_params["thread"])
    if request.path_params["change"] == "delete":
        groups.lose_topic(world, chat, topic)
    elif request.path_params["change"] in ("close", "reopen"):
        closed = request.path_params["change"] == "close"
        groups.close_topic(world, chat, topic, closed=closed, by=params.integer("by"))
    else:
        raise DeedRefused("delete, close or reopen", 404)
    return dict(vars(topic))


def _file(world: World, request: Request, params: Params) -> Response:
    file = world.files.get(request.path_params["file"])
    if file is None:
        raise DeedRefused("no such file", 404)
    inline = file.mime in SHOWN_INLINE
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    headers["Content-Disposition"] = "inline" if inline else "attachment"
    media_type = file.mime if inline else "application/octet-stream"
    return Response(world.store.content(file.file_id), media_type=media_type, headers=headers)


def _events(world: World, request: Request, params: Params) -> Response:
    """Changes as server-sent events, resumable by Last-Event-ID (or `after`)."""
    resume = request.headers.get("last-event-id") or params.text("after")
    return EventSourceResponse(_streamed(world, resume), ping=15)


async def _streamed(world: World, resume: str) -> AsyncIterator[ServerSentEvent]:
    async for event in world.events.stream(resume):
        yield ServerSentEvent(data=dumped(event_view(world, event)), id=str(event["id"]), event="change")


PERSON = "/ui/people/{person:int}"
GROUP = "/ui/groups/{group:chat_id}"
routes = [
    Route("/ui/state", endpoint(_state)),
    Route("/ui/events", endpoint(_events)),
    Route("/ui/people", endpoint(_add_people), methods=["POST"]),
    Route(f"{PERSON}/send", endpoint(_send), methods=["POST"]),
    Route(f"{PERSON}/press", endpoint(_press), methods=["POST"]),
    Route(f"{PERSON}/edit", endpoint(_edit), methods=["POST"]),
    Route(f"{PERSON}/delete", endpoint(_delete), methods=["POST"]),
    Route(f"{PERSON}/block", endpoint(_block), methods=["POST"]),
    Route(f"{PERSON}/unblock", endpoint(_unblock), methods=["POST"]),
    Route(f"{PERSON}/messages", endpoint(_messages)),
    Route("/ui/groups", endpoint(_found_group), methods=["POST"]),
    Route(f"{GROUP}/members", endpoint(_members), methods=["POST"]),
    Route(f"{GROUP}/upgrade", endpoint(_upgrade), methods=["POST"]),
    Route(f"{GROUP}/post", endpoint(_post), methods=["POST"]),
    Route(f"{GROUP}/topics", endpoint(_open_topic), methods=["POST"]),
    Route(f"{GROUP}/topics/{{thread:int}}/{{change}}", endpoint(_change_topic), methods=["POST"]),
    Route("/ui/files/{file}", endpoint(_file)),
]
