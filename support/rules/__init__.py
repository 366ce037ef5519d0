"""What the desk does by itself, by rules that leads set in the admin (`DeskRules`).

Each rule finds what may be due with a fixed number of queries; each ticket is then one unit of
work in its lane, which asks again.
"""
