"""The page in a real browser: a person is added, writes, presses; two windows stay in step."""

import asyncio

import pytest
from playwright.async_api import Browser, Page, expect

from tests.channels.messenger.conftest import ANNA, CLARA, STAFF, World
from tests.chromium import COMPLAINTS, browser

pytestmark = pytest.mark.browser
__all__ = ["browser"]


async def opened(browser: Browser, world: World, where: str = "", width: int = 1000) -> Page:
    """A window on the page that fails the test on any complaint of the browser."""
    page = await browser.new_page(viewport={"width": width, "height": 700}, locale="en-GB")
    page.on("pageerror", lambda error: COMPLAINTS.append(str(error)))
    await page.goto(f"{world.url}/{where}")
    return page


async def test_a_newcomer_writes_and_presses(browser: Browser, world: World) -> None:
    page = await opened(browser, world, "?lang=ru", width=360)
    await page.get_by_role("button", name="Добавить человека").click()
    await page.get_by_label("Имя").fill("Зарина <b>")
    await page.get_by_role("button", name="Добавить", exact=True).click()
    await page.get_by_role("button", name="/start").click()
    update = (await world.updates(timeout=10))[0]
    person = update["message"]["from"]
    assert (person["first_name"], person["language_code"]) == ("Зарина <b>", "ru")
    keys = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    text = "<b>Здравствуйте!</b> 👋 <i>&lt;script&gt;</i>"
    await world.call("sendMessage", chat_id=person["id"], text=text, parse_mode="HTML", reply_markup=keys)
    await expect(page.locator(".words strong")).to_have_text("Здравствуйте!")
    await expect(page.locator(".words em")).to_have_text("<script>")
    async with asyncio.TaskGroup() as group:
        group.create_task(page.get_by_role("button", name="Да").click())
        query = (await world.updates(timeout=10))[0]["callback_query"]
        await world.call("answerCallbackQuery", callback_query_id=query["id"], text="Записано")
    await expect(page.locator("#toast")).to_have_text("Записано")
    assert await page.evaluate("document.documentElement.scrollWidth") == 360


async def test_reply_keyboard_and_two_windows(browser: Browser, started: World) -> None:
    one = await opened(browser, started, f"#p{ANNA}")
    two = await opened(browser, started, f"#p{ANNA}")
    keyboard = {"keyboard": [[{"text": "Phone", "request_contact": True}]], "one_time_keyboard": True}
    await started.call("sendMessage", chat_id=ANNA, text="Your number?", reply_markup=keyboard)
    await one.get_by_role("button", name="Phone").click()
    await one.get_by_role("button", name="OK").click()
    await expect(two.get_by_text("+77000005001")).to_be_visible()
    assert (await started.update("message"))["contact"]["user_id"] == ANNA
    sent = (await started.call("sendMessage", chat_id=ANNA, text="first")).result["message_id"]
    await started.call("editMessageText", chat_id=ANNA, message_id=sent, text="second")
    await expect(two.get_by_text("second")).to_be_visible()
    await started.call("deleteMessage", chat_id=ANNA, message_id=sent)
    await expect(two.get_by_text("This message was deleted")).to_be_visible()


async def test_a_counsellor_in_a_topic(browser: Browser, world: World) -> None:
    page = await opened(browser, world, f"#g{STAFF}")
    thread = (await world.call("createForumTopic", chat_id=STAFF, name="Case 7")).result["message_thread_id"]
    await world.call("sendMessage", chat_id=STAFF, message_thread_id=thread, text="New case")
    await page.get_by_role("button", name="Case 7").click()
    await expect(page.get_by_text("New case")).to_be_visible()
    await page.get_by_label("Write a message").fill("Hello")
    await page.keyboard.press("Enter")
    message = (await world.updates(timeout=10))[0]["message"]
    assert (message["message_thread_id"], message["from"]["id"], message["text"]) == (thread, CLARA, "Hello")


async def test_a_window_catches_up_after_a_restart_of_the_stream(browser: Browser, started: World) -> None:
    page = await opened(browser, started, f"#p{ANNA}")
    await expect(page.get_by_role("button", name="/start")).to_be_visible()
    await page.context.set_offline(True)
    await started.call("sendMessage", chat_id=ANNA, text="while away")
    await page.context.set_offline(False)
    await expect(page.get_by_text("while away")).to_be_visible(timeout=20_000)
