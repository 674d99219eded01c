"""Every variable of the environment that is read, with its meaning."""

VARIABLES = {
    "WARCLAIMS_STUDIO_HOME": "Folder of the local Label Studio: its environment, database and log. "
    "Default: in the folder for user data; `warclaims studio status` shows it.",
    "WARCLAIMS_STUDIO_PYTHON": "Python of an environment in which Label Studio is installed, used "
    "instead of installing it.",
    "WARCLAIMS_STUDIO_PLAIN_HTTP": "Host of a Label Studio server to which its key may be sent "
    "without encryption.",
    "LABEL_STUDIO_API_KEY": "Key of the Label Studio server at `--url`.",
    "WARCLAIMS_SPACY_PIPELINE": "Name or folder of the spaCy pipeline of the system `spacy`. "
    "Default: one that is installed for the language.",
    "WARCLAIMS_LLM_URL": "Address that the system `llm` asks, compatible with OpenAI's.",
    "WARCLAIMS_LLM_MODEL": "Name of the model there.",
    "WARCLAIMS_LLM_KEY": "Key for that address, if it needs one.",
    "WARCLAIMS_LLM_PRICES": "What a million tokens of input and of output cost there, as two "
    "numbers, to record the cost.",
    "RAY_ADDRESS": "Cluster on which `validate --engine ray` runs. Default: this machine.",
    "COLUMNS": "Width of what is printed, in characters. Default: that of the terminal.",
    "NO_COLOR": "Print without colours, if it is set.",
    "PYTHONUTF8": "Set to 1 to print signs that the encoding of the terminal lacks.",
}
"""Name → meaning, in Markdown."""
