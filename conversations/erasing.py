"""What the bot keeps of a person who is forgotten: money that moved, without a name."""

from conversations import learning
from conversations.models import LearntWord, Payment, PaymentNotice, Student
from conversations.models.payment import PaymentStatus
from support import erasing
from whatsapp.erasing import empty_bodies
from whatsapp.models import Contact, Message
from whatsapp.models.message import Direction

KEPT = (PaymentStatus.PAID, PaymentStatus.REFUNDED, PaymentStatus.FLAGGED)
NOBODY = "Erased person"


def erase(contact: Contact) -> None:
    """Forget what is not deleted with `contact`, which is locked (WHATSAPP_CONTACT_ERASER)."""
    erasing.erase(contact)
    _forget_words(contact)
    if student := Student.objects.filter(contact=contact).first():
        _forget_notices(student)
        _keep_payments(student)
        student.payments.all().delete()  # before the student, as tickets before the contact


def _forget_words(contact: Contact) -> None:
    """What the bot did not understand, if nobody else wrote it and staff gave it no meaning."""
    said = Message.objects.filter(contact=contact, direction=Direction.INBOUND)
    words = {learning.words_of(text) for text in said.values_list("text", flat=True)} - {""}
    keys = [LearntWord.key(word) for word in words]
    lone = LearntWord.objects.filter(count=1, intent="", faq_entry=None)
    lone.filter(digest__in=keys).delete()


def _forget_notices(student: Student) -> None:
    """Empty Paystack's webhooks, which hold the payer's e-mail; our rows have what we need."""
    references = list(student.payments.values_list("reference", flat=True))
    traces = [*references, student.email] if student.email else references
    empty_bodies(PaymentNotice.objects.all(), traces)


def _keep_payments(student: Student) -> None:
    """The books stay true: paid amounts move to a contact of which nothing is known."""
    kept = Payment.objects.filter(student=student, status__in=KEPT)
    if not kept.exists():
        return
    nobody = Contact.objects.create(name=NOBODY)
    stranger = Student.objects.create(contact=nobody, name=NOBODY, class_name="–")
    kept.update(student=stranger, open_for=None, answer_owed=False, due_at=None, url="")
