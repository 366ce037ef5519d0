"""Every fixed button and row of the bot. Ids are stored in old messages: never reuse one."""

from typing import Final

from conversations.step import Choice, Menu

MAIN_MENU: Final = Choice("main_menu", "button_main_menu")
END_CHAT: Final = Choice("end_chat", "button_end_chat")
KEEP_CHAT: Final = Choice("keep_chat", "button_keep_chat")
KEEP_MY_CHAT: Final = Choice("keep_chat", "button_keep_my_chat")
STAY: Final = Choice("stay", "button_stay")
SUPPORT: Final = Choice("support", "button_support")
FAQ: Final = Choice("faq", "button_faq")
MORE_FAQ: Final = Choice("faq", "button_more_faq")
REQUESTS: Final = Choice("requests", "button_requests")
HOMEWORK: Final = Choice("homework", "button_homework")
PAY: Final = Choice("pay", "button_pay")
REGISTER: Final = Choice("register", "button_register")
UPDATE: Final = Choice("update", "button_update")
SKIP: Final = Choice("skip", "button_skip")
SKIP_WORDS: Final = Choice("skip_words", "button_skip")
KEEP: Final = Choice("keep", "button_keep")
TEXT: Final = Choice("text", "button_text")
IMAGE: Final = Choice("image", "button_image")
DONE: Final = Choice("done", "button_done")
REMOVE: Final = Choice("remove", "button_remove")
KEEP_PAGES: Final = Choice("keep_pages", "button_keep_page")
CONFIRM: Final = Choice("confirm", "button_confirm")
CONTINUE: Final = Choice("continue", "button_continue")

MAIN_ROWS: Final = (
    Choice("homework", "row_homework", "row_homework_about"),
    Choice("pay", "row_pay", "row_pay_about"),
    Choice("faq", "row_faq", "row_faq_about"),
    Choice("support", "row_support", "row_support_about"),
    Choice("check", "row_check", "row_check_about"),
)
REGISTER_ROW: Final = Choice("register", "row_register", "row_register_about")


def menu(*choices: Choice) -> Menu:
    return Menu(choices)


def main_menu(registered: bool) -> Menu:
    return Menu(MAIN_ROWS if registered else (*MAIN_ROWS, REGISTER_ROW))
