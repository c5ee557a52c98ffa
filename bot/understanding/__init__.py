"""What a text is about: normalisation, sentence vectors and the matter model. No Rasa here."""
