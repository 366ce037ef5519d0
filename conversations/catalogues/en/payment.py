"""Subscribing."""

from typing import Final

SENTENCES: Final = {
    "pay_closed": "💳 Payments are not open yet. Our team will gladly tell you more.",
    "pay_unregistered": "💳 To subscribe, please register first. It takes a minute.",
    "pay_offer": "💳 A subscription costs {price}. Choose *Confirm* to get the payment link.",
    "pay_renewal": (
        "💳 You are subscribed until {until}. To renew it ({price}), choose *Confirm* to get the "
        "payment link; the new period is added to the old one."
    ),
    "pay_link": (
        "💳 Here is your link to pay {price}. I will tell you here as soon as the payment has "
        "arrived; you can also write *paid*."
    ),
    "pay_not_yet": (
        "⏳ I asked Paystack: your payment has not arrived yet. Here is your link again. If you "
        "have just paid, it may take a few minutes; I will tell you."
    ),
    "pay_received": "🎉 Thank you! Your payment has arrived: you are subscribed until {until}.",
    "pay_failed": (
        "😕 Your payment did not go through, and nothing was paid to us. You can try again, "
        "perhaps with another card."
    ),
    "pay_no_link": "😕 Sorry, I could not get a payment link. Please try again a little later.",
    "pay_nothing_found": (
        "🔎 I asked Paystack and found no payment of yours. If money has left your account, "
        "write *support* and our team will look into it."
    ),
    "pay_unreachable": (
        "⏳ Paystack does not answer at the moment. I keep trying and will write to you here."
    ),
    "pay_flagged": (
        "🙏 Thank you! Something about your payment needs a look by our team, so your "
        "subscription has not started yet. Nothing is lost; we will write to you."
    ),
    "pay_refunded": "💸 Your payment has been refunded. It can take some days to reach you.",
    "pay_refund_failed": (
        "😕 Your refund did not go through yet. Our team will look for another way."
    ),
    "subscription_ends": "⏰ Your subscription ends on {until}. Would you like to renew it?",
}
