"""A newcomer on the demonstration's page: registers, asks for a digest, and sees it arrive. Everything is real."""

import asyncio
import os
import re
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Page, expect

from bot.demo import STAFF_GROUP, demonstration, line_for_other_verbs, settings_for
from bot.settings import ROOT
from tests.chromium import COMPLAINTS, browser

pytestmark = pytest.mark.browser
__all__ = ["browser"]

PATIENCE = 15_000
ALMATY = ZoneInfo("Asia/Almaty")


async def press(page: Page, label: str) -> None:
    """Press the newest button of this name."""
    await page.get_by_role("button", name=re.compile(f"^{re.escape(label)}")).last.click(timeout=PATIENCE)


async def write(page: Page, text: str) -> None:
    """Write into the message field."""
    field = page.get_by_role("textbox", name="Сообщение")
    await field.fill(text)
    await field.press("Enter")


async def see(page: Page, text: str) -> None:
    """Wait until the newest messages say this."""
    await expect(page.get_by_text(text).filter(visible=True).last).to_be_visible(timeout=PATIENCE)


async def tick(folder: Path, port: int, instant: str) -> str:
    """Run the scheduler's verb beside the demonstration, as an operator would."""
    line = line_for_other_verbs(folder, settings_for(folder, port)).removeprefix("export ")
    given = dict(part.split("=", 1) for part in line.split(" ") if "=" in part and "$(" not in part)
    given["JOBLINE_KEY"] = (folder / "key").read_text()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "tick",
        "--at",
        instant,
        cwd=ROOT,
        env=os.environ | given,
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    return said.decode()


async def test_a_newcomer_registers_and_sees_a_digest_arrive(browser: Browser, tmp_path: Path) -> None:
    async with demonstration(0, folder=tmp_path) as messenger:
        page = await browser.new_page(viewport={"width": 1000, "height": 800}, locale="ru-RU")
        page.on("pageerror", lambda error: COMPLAINTS.append(str(error)))
        await page.goto(f"{messenger.url}/?lang=ru")
        await page.get_by_role("button", name="Добавить человека").click()
        await page.get_by_label("Имя").fill("Зарина")
        await page.get_by_role("button", name="Добавить", exact=True).click()
        await page.get_by_role("button", name="/start").click()
        await press(page, "Русский")
        await press(page, "Зарегистрироваться")
        await press(page, "Начать, это для меня")
        await see(page, "Как к вам обращаться?")
        await write(page, "Зарина")
        await see(page, "Где вы ищете работу?")
        await write(page, "Караганда")
        await see(page, "Кем вы работаете")
        await write(page, "сварщик")
        await press(page, "1. Сварщик")
        for answer in ("права б", "5 лет", "пропустить", "русский", "1", "25к"):
            await write(page, answer)
        await see(page, "Карагандинская область")
        await press(page, "Сохранить")
        await see(page, "Зарина, регистрация завершена.")
        await press(page, "Вакансии каждый день")
        await press(page, "09:00")
        await see(page, "Готово.")
        tomorrow = datetime.now(ALMATY).date() + timedelta(days=1)
        assert "1 due, 1 written" in await tick(tmp_path, messenger.port, f"{tomorrow}T09:30+05:00")
        await see(page, "Электрогазосварщик")
        await see(page, "новые вакансии")


async def test_a_counsellor_answers_in_the_staff_group(browser: Browser, tmp_path: Path) -> None:
    async with demonstration(0, folder=tmp_path) as messenger:
        person = await browser.new_page(viewport={"width": 900, "height": 800}, locale="ru-RU")
        desk = await browser.new_page(viewport={"width": 1100, "height": 800}, locale="en-GB")
        for page in (person, desk):
            page.on("pageerror", lambda error: COMPLAINTS.append(str(error)))
        await person.goto(f"{messenger.url}/?lang=ru#p1001")
        await person.get_by_role("button", name="/start").click()
        await press(person, "Русский")
        await press(person, "Написать консультанту")
        await see(person, "передано консультанту")
        await write(person, "Мне не заплатили")
        await desk.goto(f"{messenger.url}/?lang=en#g{STAFF_GROUP}")
        await desk.get_by_role("button", name="1", exact=False).first.wait_for(timeout=PATIENCE)
        topic = desk.get_by_role("button", name=re.compile("· 1"))
        await topic.first.click(timeout=PATIENCE)
        await see(desk, "Мне не заплатили")
        await desk.get_by_role("button", name="Take", exact=True).click(timeout=PATIENCE)
        await see(person, "Anna")
