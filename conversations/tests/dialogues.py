"""Every flow as a dialogue, in the words of the catalogues, so that each runs in each language.

> hi | Bonjour          the student writes, in English or French
[button_skip]           taps the button or row with this title
< ask_email             reads a message with this sentence (and more, joined with +)
! agent ends            something else happens: `test_dialogues.ACTS`
"""

REGISTRATION = """
> hi | Bonjour
< first_welcome + ask_name
> Ada Obi
< ask_email
> not an address
< email_invalid + ask_email
[button_skip]
< ask_class
> SS2 | Terminale
< registered + home
"""

REGISTERED = """
> hi | Bonjour
> Ada Obi
> ada@example.com
> SS2 | Terminale
< registered + home
"""

DIALOGUES = {
    "first contact and registration": REGISTRATION,
    "changing the details": REGISTERED
    + """
> update | modifier
< ask_name_again
> Ada Obi Eze
< ask_email_again
[button_keep]
< ask_class_again
> SS3 | Première
< updated
> status | statut
< status
""",
    "homework as text": REGISTERED
    + """
[row_homework]
< ask_subject
> Biology | Biologie
< ask_type
[button_text]
< ask_content_text
> Explain how plants make food | Expliquez comment les plantes se nourrissent
< homework_submitted
[button_main_menu]
< home
> status | statut
< status + status_homework
""",
    "homework as pages": REGISTERED
    + """
> homework | devoirs
> Maths
[button_image]
< ask_content_image
! photo
! photo
< ask_poor_pages
[button_keep_page]
< pages_kept + ask_content_more
> remove 1 | retirer 1
< page_removed + ask_content_more
> done | terminé
< homework_submitted
""",
    "a payment that succeeds": REGISTERED
    + """
[row_pay]
< pay_offer
[button_confirm]
< pay_link
! pays
< pay_received
> status | statut
< status + status_subscribed
""",
    "a payment that fails and is tried again": REGISTERED
    + """
> pay | payer
[button_confirm]
< pay_link
! payment fails
< pay_failed
[button_confirm]
< pay_link
! pays
< pay_received
""",
    "a payment that is abandoned": REGISTERED
    + """
> subscribe | m'abonner
[button_confirm]
< pay_link
! leaves Paystack
> I have paid | j'ai payé
< pay_not_yet
> menu
< home
""",
    "a common question": REGISTERED
    + """
> faq | questions
< faq_questions
! taps the question
< faq_answer
[button_more_faq]
< faq_questions
> menu
< home
""",
    "status": REGISTERED
    + """
[row_check]
< status + status_not_subscribed + status_no_homework
[button_requests]
< requests_none
""",
    "my requests": REGISTERED
    + """
> support
> It fails | Ça ne marche pas
> end chat | fin
> my requests | mes demandes
< requests
[button_reopen]
< chat_reopened
> end chat | terminer
< chat_ended
""",
    "the language": """
> hi
> language | langue
! taps the language
< language_set + ask_name
> Ada Obi
< ask_email
""",
    "a chat that the student ends": REGISTERED
    + """
[row_support]
< chat_opened
> My upload fails | Mon envoi échoue
< chat_receipt
> menu
< chat_leave
[button_stay]
< chat_goes_on
[button_end_chat]
< chat_ended + chat_rate + home
[button_good]
< rated_good + rating_words
> Very kind people | Des gens très gentils
< rating_words_kept + home
""",
    "a chat that the agent ends": REGISTERED
    + """
> I need a human | je veux parler à un conseiller
< chat_opened
> My upload fails | Mon envoi échoue
! agent answers
< agent_says
! agent ends
< agent_says + chat_ended_by_team + chat_rate
[button_bad]
< rated_bad + rated_bad_offer + rating_words
[button_skip]
< home
""",
    "out and in again": REGISTERED
    + """
> STOP
< opted_out
> START
< opted_in
""",
    "a reminder of what was half done": REGISTERED
    + """
> homework | devoirs
> Maths
! half an hour passes
< reminder_homework
[button_continue]
< ask_type
[button_main_menu]
< home
""",
    "did you mean": REGISTERED
    + """
> suport | asistance
< did_you_mean
[button_main_menu]
< home
> suport | asistance
[button_yes]
< chat_opened
> end chat | fin
> homwork | devoirrs
> yes | oui
< ask_subject
""",
    "not understood twice": REGISTERED
    + """
> wetin dey happen | blabla truc machin
< unknown + home
> wetin dey happen | blabla truc machin
< unknown_again
[button_support]
< chat_opened
""",
}
