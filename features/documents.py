"""What to ask for when a signal raises a risk, where papers can honestly show another value."""

DOCUMENTS = {
    "invoice": "the contract, the invoice and proof of what was paid",
    "packing": "the packing list and a weighing",
    "goods": "a data sheet of the goods, and photographs of them with their marks",
    "transport": "transport documents of every leg, and proof that a transit was closed",
    "stock": "stock records, and to whom the goods are sold on, with end users' statements",
    "firm": "lease of the warehouse, staff, and what the firm traded before",
    "parties": "identity papers of the parties, and who owns them",
    "changes": "the reason for each change, and what was left open",
    "consignment": "the other declarations that belong to the same contract",
}
