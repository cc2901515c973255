// What the page itself says. The messages come from the bot, in the person's language; these few words are the frame.

const WORDS = {
  en: {
    people: "People and groups", addPerson: "Add a person", newPerson: "A new person", name: "Name",
    language: "Language", add: "Add", cancel: "Cancel", ok: "OK", send: "Send", write: "Write a message",
    attach: "Send a photo or a document", menu: "Commands", back: "Back to the list", block: "Block the bot",
    unblock: "Unblock the bot", blockShort: "Block", unblockShort: "Unblock", as: "Write as", general: "General", topics: "Topics", messages: "Messages",
    earlier: "Earlier messages", edited: "edited", deleted: "This message was deleted", reply: "Reply",
    replyTo: "Reply to", stopReply: "Do not reply", connecting: "Reconnecting…", start: "Start",
    typing: "typing…", photo: "Photo", document: "Document", voice: "Voice message", video_note: "Video message",
    sticker: "Sticker", location: "Location", contact: "Contact", shareContact: "Send this phone number to the bot?",
    shareLocation: "Send the location of a sample town (Karaganda) to the bot?", failed: "That did not work",
    opened: "The topic was opened", closed: "The topic was closed", reopened: "The topic was reopened",
    renamed: "The topic was changed", joined: "joined", left: "left", moved: "The group moved to a new address",
    pinned: "A message was pinned", service: "A change in the chat", nobody: "Nobody is here yet. Add a person to begin.",
    botBlocked: "You blocked the bot. Writing unblocks it.", group: "Group", channel: "Channel",
    closedTopic: "closed", keyboard: "Quick answers", buttons: "Buttons",
  },
  ru: {
    people: "Люди и группы", addPerson: "Добавить человека", newPerson: "Новый человек", name: "Имя",
    language: "Язык", add: "Добавить", cancel: "Отмена", ok: "Хорошо", send: "Отправить", write: "Сообщение",
    attach: "Отправить фото или документ", menu: "Команды", back: "К списку", block: "Заблокировать бота",
    unblock: "Разблокировать бота", blockShort: "Блок", unblockShort: "Снять блок", as: "Писать как", general: "Общая тема", topics: "Темы", messages: "Сообщения",
    earlier: "Более ранние сообщения", edited: "изменено", deleted: "Сообщение удалено", reply: "Ответить",
    replyTo: "Ответ на", stopReply: "Не отвечать", connecting: "Соединяемся снова…", start: "Начать",
    typing: "печатает…", photo: "Фото", document: "Документ", voice: "Голосовое сообщение",
    video_note: "Видеосообщение", sticker: "Стикер", location: "Место", contact: "Контакт",
    shareContact: "Отправить боту этот номер телефона?",
    shareLocation: "Отправить боту место — город для примера (Караганда)?", failed: "Не получилось",
    opened: "Тема открыта", closed: "Тема закрыта", reopened: "Тема снова открыта", renamed: "Тема изменена",
    joined: "теперь в группе", left: "больше не в группе", moved: "Группа переехала на новый адрес",
    pinned: "Сообщение закреплено", service: "Изменение в чате",
    nobody: "Здесь пока никого нет. Добавьте человека, чтобы начать.",
    botBlocked: "Вы заблокировали бота. Сообщение разблокирует его.", group: "Группа", channel: "Канал",
    closedTopic: "закрыта", keyboard: "Быстрые ответы", buttons: "Кнопки",
  },
};

export const LANGUAGES = {
  en: "English", ru: "Русский", kk: "Қазақша", ky: "Кыргызча", uz: "Oʻzbekcha", uk: "Українська", ar: "العربية",
  fr: "Français", es: "Español", zh: "中文",
};

const asked = new URLSearchParams(location.search).get("lang");
const known = [asked, ...navigator.languages.map((tag) => tag.slice(0, 2))].find((tag) => tag in WORDS);
export const language = known || "en";

export function word(name) {
  return WORDS[language][name] ?? WORDS.en[name] ?? name;
}
