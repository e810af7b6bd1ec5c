"""What a sentence means: fraud moves learned from written examples. See README.md."""
