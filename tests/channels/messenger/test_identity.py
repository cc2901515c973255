"""What a bot says about itself, and the chats it asks about."""

from tests.channels.messenger.conftest import ANNA, CLARA, STAFF, World

COMMANDS = [{"command": "menu", "description": "What I can do"}]


async def test_commands_by_scope_and_language(world: World) -> None:
    scope = {"type": "all_private_chats"}
    assert (await world.call("setMyCommands", commands=COMMANDS, scope=scope, language_code="ru")).result is True
    assert (await world.call("getMyCommands", scope=scope, language_code="ru")).result == COMMANDS
    assert (await world.call("getMyCommands", scope=scope)).result == []
    assert (await world.call("deleteMyCommands", scope=scope, language_code="ru")).result is True
    assert (await world.call("getMyCommands", scope=scope, language_code="ru")).result == []
    for wrong, reason in (
        ([{"command": "Menu", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "menu", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        (COMMANDS * 101, "BOT_COMMANDS_TOO_MUCH"),
    ):
        assert await world.refused("setMyCommands", commands=wrong) == f"Bad Request: {reason}"


async def test_names_and_descriptions(world: World) -> None:
    for what, method in (
        ("name", "MyName"),
        ("description", "MyDescription"),
        ("short_description", "MyShortDescription"),
    ):
        assert (await world.call(f"set{method}", **{what: "plain"})).result is True
        assert (await world.call(f"set{method}", **{what: "на русском", "language_code": "ru"})).result is True
        assert (await world.call(f"get{method}", language_code="ru")).result == {what: "на русском"}
        assert (await world.call(f"get{method}", language_code="kk")).result == {what: "plain"}
        assert "too long" in await world.refused(f"set{method}", **{what: "x" * 600})
    assert (await world.call("getMe")).result["first_name"] == "plain"


async def test_menu_button(started: World) -> None:
    assert (await started.call("getChatMenuButton")).result == {"type": "commands"}
    app = {"type": "web_app", "text": "Open", "web_app": {"url": "https://a.b"}}
    assert (await started.call("setChatMenuButton", chat_id=ANNA, menu_button=app)).result is True
    assert (await started.call("getChatMenuButton", chat_id=ANNA)).result == app


async def test_chats_and_members(started: World) -> None:
    assert (await started.call("getChat", chat_id=ANNA)).result["first_name"] == "Anna"
    assert (await started.call("getChat", chat_id=STAFF)).result["is_forum"] is True
    admins = (await started.call("getChatAdministrators", chat_id=STAFF)).result
    assert {admin["user"]["id"]: admin["status"] for admin in admins} == {CLARA: "creator", 4242: "administrator"}
    assert (await started.call("getChatMemberCount", chat_id=STAFF)).result == 2
    assert (await started.call("getChatMember", chat_id=STAFF, user_id=ANNA)).result["status"] == "left"
    assert "PARTICIPANT_ID_INVALID" in await started.refused("getChatMember", chat_id=STAFF, user_id=9)
    assert (await started.call("leaveChat", chat_id=STAFF)).result is True
    assert "not a member" in await started.refused("getChat", chat_id=STAFF)


async def test_moving_servers_is_refused_kindly(world: World) -> None:
    assert "only server" in await world.refused("logOut")
    assert "only server" in await world.refused("close")
