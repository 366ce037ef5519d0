"""What students write."""

from typing import Final

from conversations.catalogues.catalogue import Words
from conversations.catalogues.intent import Answer, Intent

WORDS: Final = Words(
    # "start" is OPT_IN before REGISTER; the machine takes it for "register" unless the student
    # had opted out.
    whole={
        Intent.END_CHAT: (
            *("end_chat", "end chat", "close", "done", "quit chat", "exit", "quit", "end the chat"),
            *("end this chat", "end chat please", "end chat pls", "stop chat", "stop the chat"),
            *("close chat", "close the chat", "close this chat", "leave chat", "leave the chat"),
        ),
        Intent.MAIN_MENU: ("main menu", "main_menu", "menu", "home", "back", "go back"),
        Intent.SUPPORT: (
            "chat support",
            "support",
            "chat",
            "help me",
            "agent",
            "human",
            "talk to someone",
        ),
        Intent.OPT_IN: ("start",),
        Intent.REGISTER: ("register", "reg", "new", "start"),
        Intent.HOMEWORK: ("homework", "submit", "hand in", "assignment", "home work", "hw"),
        Intent.PAY: ("pay", "payment", "subscribe", "buy"),
        Intent.PAID: ("paid", "i have paid", "i've paid", "i paid", "payment made"),
        Intent.STATUS: ("status", "check", "subscription", "check status"),
        Intent.REQUESTS: ("my requests", "requests", "tickets", "my tickets"),
        Intent.FAQ: ("faq", "faqs", "question", "questions", "more faqs"),
        Intent.HELP: (
            *("help", "info", "options", "please help", "pls help", "plz help", "help please"),
            *("help pls", "help plz", "i need help", "need help", "what can you do"),
            *("who are you", "what is this", "are you a robot", "are you a bot", "who is this"),
            *("what is dis", "wat is dis", "wat is this", "who r u", "who are u", "who dis"),
        ),
        Intent.CANCEL: ("cancel", "stop this", "reset"),
        Intent.UPDATE: ("update", "edit", "profile"),
        Intent.LANGUAGE: ("language", "languages", "change language"),
        Intent.OPT_OUT: ("stop", "unsubscribe"),
    },
    in_sentences={
        Intent.SUPPORT: (
            *("chat support", "support", "chat", "help me", "agent", "human", "real person"),
            *("customer care", "customer service", "talk to someone", "speak to someone"),
            *("talk to somebody", "speak with someone", "talk to a person", "speak to a person"),
        ),
        Intent.HOMEWORK: ("homework", "home work", "assignment", "hand in"),
        Intent.PAY: ("pay", "payment", "subscribe"),
    },
    slipped={
        "support": Intent.SUPPORT,
        "homework": Intent.HOMEWORK,
        "assignment": Intent.HOMEWORK,
        "payment": Intent.PAY,
        "subscribe": Intent.PAY,
    },
    in_homework=(
        *("main menu", "main_menu", "menu", "cancel", "chat support", "support", "stop"),
        *("unsubscribe", "help me", "talk to someone"),
    ),
    in_answers=(
        *("home", "back", "go back", "stop this", "reset", "help", "please help", "pls help"),
        "language",
    ),
    greetings=(
        *("hi", "hello", "hey", "hi there", "hello there", "hey there", "greetings", "how far"),
        *("morning", "afternoon", "evening", "good day", "good night", "bye", "goodbye"),
        *("good morning", "good afternoon", "good evening", "yes", "no", "ok", "okay"),
        *("thanks", "thank you", "thanks a lot", "thank you very much", "thank u", "thx", "tnx"),
        *("ok thanks", "okay thanks", "ok thank you", "ok bye", "no thanks", "alright", "bye bye"),
        *("hii", "hiii", "hi sir", "hello sir", "hi ma", "hello ma", "good morning sir"),
        *("good morning ma", "good afternoon sir", "good afternoon ma", "good evening sir"),
        *("good evening ma", "how are you", "how are u", "how are you doing", "what's up"),
        *("whats up", "sup", "wassup", "yo", "yeah", "yep", "yup", "nope", "sure", "cool", "kk"),
        *("ok ok", "okay okay", "ok sir", "ok ma", "yes sir", "yes ma", "yes please", "no problem"),
        *("wait", "please wait", "ok wait", "hold on", "one moment", "one minute", "just a moment"),
        *("just a minute", "here it is", "here you go", "i see", "got it", "understood", "noted"),
        *("thank you so much", "thanks so much", "thank you sir", "thank you ma", "thanks sir"),
        *(
            "okay thank you",
            "okay thank you sir",
            "ok thank you sir",
            "cool thanks",
            "tnks",
            "tnk u",
        ),
        *("thank you ma'am", "thanks ma", "god bless", "god bless you", "bless you", "good bye"),
        *("alright then", "alright thanks", "ok then"),
        *("you're welcome", "please", "pls", "plz", "sorry", "lol", "haha", "hmm", "oh"),
    ),
    answers={
        Answer.NO_NAME: (
            *("why", "why not", "what", "what for", "for what", "how", "who", "idk", "nothing"),
            *("i don't know", "i dont know", "not now", "what do you mean", "why do you ask"),
        ),
        Answer.SKIP_EMAIL: (
            *("skip it", "skip this", "skip pls", "skip please"),
            *("skip", "no", "none", "later", "no email", "no e-mail", "i have none", "nope"),
            *("i don't have", "i dont have", "i don't have one", "i dont have one"),
            *("i don't have email", "i dont have email", "i have no email", "don't have"),
            *("i don't have an email", "i dont have an email", "dont have"),
        ),
        Answer.SKIP_RATING: ("skip", "skip it", "no", "no thanks"),
        Answer.KEEP_DETAIL: ("keep", "keep it", "same", "skip", "yes"),
        Answer.KEEP_CHAT: ("keep chat open", "keep my chat open"),
        Answer.STAY_IN_CHAT: ("stay in chat",),
        Answer.GOOD: (
            *("good", "very good", "great", "it was good", "it was great", "excellent", "nice one"),
            *("well done", "good job", "great job", "five stars", "four stars"),
        ),
        Answer.BAD: (
            *("not good", "bad", "very bad", "it was bad", "it was not good", "no good"),
            *("one star", "two stars", "zero"),
        ),
        Answer.PRAISE: (
            *("good", "great", "excellent", "perfect", "awesome", "amazing", "nice", "helpful"),
            *("kind", "friendly", "fast", "quick", "fantastic", "wonderful", "lovely", "brilliant"),
            *("patient", "best", "satisfied"),
        ),
        Answer.BLAME: (
            *("bad", "terrible", "awful", "useless", "slow", "horrible", "poor", "rude", "worst"),
            "unhelpful",
        ),
        Answer.NOT: ("not", "wasn't", "wasnt", "isn't", "isnt", "never", "didn't", "weren't"),
        Answer.ABOUT_A_CHAT: (
            *("a", "an", "the", "i", "me", "my", "you", "your", "we", "it", "its", "this", "that"),
            *("is", "are", "am", "was", "and", "with", "have", "had", "from", "to", "for", "of"),
            *("chat", "support", "service", "agent", "team", "help", "answer", "response", "he"),
            *("she", "they", "very", "really", "so", "too", "quite", "at", "all", "much", "thanks"),
            *("thank", "were", "us", "rate", "rating", "give", "i'd", "i'll", "say", "it's", "ok"),
            *("okay", "sir", "ma", "pretty", "but", "bit", "little", "also"),
        ),
        Answer.MIDDLING: (
            *("meh", "so so", "average", "not bad not good", "fair", "it was okay", "it was ok"),
            "in between",
        ),
        Answer.STAR: ("star", "stars"),
        Answer.OUT_OF: ("out of", "of"),
        Answer.TEXT: (
            *("text", "words", "type", "write", "txt", "as text", "in text", "by text", "text pls"),
            *("text please", "as a text", "in words", "type it", "i will type it", "i will type"),
        ),
        Answer.PICTURES: (
            *("image", "images", "picture", "pictures", "photo", "photos", "pdf"),
            *("img", "pic", "pics", "as pictures", "in pictures", "a picture", "a photo", "snap"),
            *("as a picture", "as pics", "pics pls", "pictures please", "as photos", "as pdf"),
        ),
        Answer.DONE: (
            *("done", "finished", "that is all", "that's all", "thats all", "i am done"),
            *("i'm done", "im done", "submit", "hand in", "hand it in", "finish"),
        ),
        Answer.GO_ON: ("continue", "go on"),
        Answer.CONFIRM: (
            *("confirm", "yes", "ok", "okay", "yes please", "yes pls", "yeah", "yep", "yup"),
            *("sure", "yes sir", "yes ma", "ok sir", "ok ma", "go ahead"),
        ),
        Answer.DENY: (
            *("no", "nope", "no thanks", "no thank you", "not yet", "nah", "no please"),
            *("not now", "later", "maybe later"),
        ),
        Answer.STILL_HERE: (
            *("i am here", "i'm here", "im here", "still here", "i am still here", "yes i am"),
            *("i'm still here", "im still here", "yes i am here", "yes, i am", "i dey"),
        ),
        Answer.A_PERSON: (
            *("connect", "talk", "speak", "reach", "contact", "call", "give", "put", "through"),
            *("someone", "somebody", "person", "people", "being", "real", "live", "now", "today"),
            *("urgent", "urgently", "quick", "just", "like", "us", "team", "staff", "admin"),
            *("customer", "care", "service", "representative", "bot", "robot", "instead"),
        ),
        Answer.REMOVE: ("remove", "delete", "remove a", "delete a", "remove it", "delete it"),
        Answer.PAGE: ("page", "picture", "photo", "number", "no"),
    },
    introductions=(
        *("my name is", "my full name is", "my names are", "i am", "i'm", "im", "call me"),
        *("the name is", "name is"),
    ),
    unlike_names=(
        *("i", "i'm", "im", "i've", "my", "me", "we", "our", "you", "your", "it", "it's", "its"),
        *("this", "that", "there", "is", "was", "were", "have", "has", "had", "been", "does"),
        *("did", "can", "can't", "cant", "cannot", "could", "not", "don't", "dont", "didn't"),
        *("didnt", "isn't", "isnt", "no", "how", "what", "where", "when", "why", "which", "who"),
        *("want", "need", "please", "pls", "to", "of", "for", "with", "about", "since", "still"),
        *("and", "but", "yet", "because", "yesterday", "today", "paid", "problem", "much"),
    ),
    fillers=(
        *("a", "an", "the", "i", "me", "my", "you", "your", "we", "it", "its", "this", "that"),
        *("is", "are", "am", "was", "be", "do", "does", "did", "can", "could", "will", "would"),
        *("how", "what", "when", "where", "which", "who", "why", "there", "if", "or", "and"),
        *("to", "of", "in", "on", "at", "for", "from", "with", "by", "please", "have", "has"),
        *("so", "not", "no", "yes", "get", "want", "need", "know", "about", "pls", "plz"),
    ),
    itself=(
        *("english", "in english", "english please", "in english please", "speak english"),
        *("anglais", "en anglais"),
    ),
)
