"""What is typed before Tab, and the arguments that oocli would then be started with."""

WORDS = [
    ("oocli logi", "login"),
    ("oocli portals rem", "portals remove"),
    ("oocli demo ser", "demo serve"),
    ("oocli call --no-f", "call --no-fail"),
    ("oocli demo serve --kind do", "demo serve --kind docspace"),
    ("oocli call --color=alw", "call --color=always"),
    ("oocli call --color nev", "call --color never"),
    ("oocli call PO", "call POST"),
    ("oocli call -d '{\"a\": 1}' --timeout 5 PO", 'call -d {"a": 1} --timeout 5 POST'),
    ("oocli call --portal demo --no-f", "call --portal demo --no-fail"),
    ("oocli help exit", "help exit-codes"),
    ("oocli completion fi", "completion fish"),
    ("oocli portals list --for", "portals list --format"),
    ("oocli whoami --format js", "whoami --format json"),
]
FILES = [
    ("oocli call GET people -o rep", "call GET people -o report 1.json"),
    ("oocli call GET people --output=rep", "call GET people --output=report 1.json"),
    ("oocli call POST files -d @rep", "call POST files -d @report 1.json"),
    ("oocli call POST files --data=@rep", "call POST files --data=@report 1.json"),
    ("oocli call POST files -F body=@rep", "call POST files -F body=@report 1.json"),
    ("oocli batch rep", "batch report 1.json"),
    ("oocli batch - --resume rep", "batch - --resume report 1.json"),
    ("oocli login --password-file rep", "login --password-file report 1.json"),
    ("oocli call GET people --cacert rep", "call GET people --cacert report 1.json"),
]
NO_FILES = [
    ("oocli call GET rep", "call GET rep"),
    ("oocli call POST files -d rep", "call POST files -d rep"),
    ("oocli call GET people --timeout rep", "call GET people --timeout rep"),
]
PORTALS = [
    ("oocli call --portal 127", "call --portal 127.0.0.1:8080"),
    ("oocli call --portal 127.0.0.1:8", "call --portal 127.0.0.1:8080"),
    ("oocli call --portal=127.0.0.1:8", "call --portal=127.0.0.1:8080"),
    ("oocli portals use docs.example.com/o", "portals use docs.example.com/office"),
    ("oocli portals remove 12", "portals remove 127.0.0.1:8080"),
    ("oocli login --portal evil", "login --portal evil"),
]
# The typed text ends inside a quote, which the shell closes.
QUOTED = [
    ("oocli call --color 'alw", "call --color always"),
    ('oocli call "--no-f', "call --no-fail"),
    ('oocli call --color="alw', "call --color=always"),
    ("oocli call --portal '127.0.0.1:8", "call --portal 127.0.0.1:8080"),
    ('oocli call --portal="127.0.0.1:8', "call --portal=127.0.0.1:8080"),
    ("oocli call GET people -o 'rep", "call GET people -o report 1.json"),
    ('oocli call GET people --output="report 1', "call GET people --output=report 1.json"),
    ("oocli call POST files -d '@rep", "call POST files -d @report 1.json"),
    ('oocli call POST files -d "@report 1', "call POST files -d @report 1.json"),
    ("oocli call POST files -d @'rep", "call POST files -d @report 1.json"),
    ('oocli call POST files --data="@rep', "call POST files --data=@report 1.json"),
    ("oocli call POST files -F 'body=@rep", "call POST files -F body=@report 1.json"),
    ('oocli call POST files -F body="@report 1', "call POST files -F body=@report 1.json"),
]
# Operations: methods, paths and names, limited to the kind of the portal.
OPERATIONS = [
    ("oocli call GET people/@sel", "call GET people/@self"),
    ("oocli call PUT files/rooms/12/arc", "call PUT files/rooms/12/archive"),
    ("oocli call PUT /api/2.0/files/rooms/12/arc", "call PUT /api/2.0/files/rooms/12/archive"),
    ("oocli call PUT files/fileops/mov", "call PUT files/fileops/move"),
    ("oocli call POST files/fileops/mov", "call POST files/fileops/mov"),
    ("oocli call GET crm/cont", "call GET crm/cont"),
    ("oocli call POST files/12/file -f tit", "call POST files/12/file -f title="),
    ("oocli call GET people/filter -p employeeSt", "call GET people/filter -p employeeStatus="),
    (
        "oocli call GET people/filter -p employeeStatus=Ter",
        "call GET people/filter -p employeeStatus=Terminated",
    ),
    ("oocli call PUT files/rooms/12 -F tit", "call PUT files/rooms/12 -F title="),
    ("oocli api PUT people/status/", "api PUT people/status/{status}"),
    ("oocli api DEL", "api DELETE"),
    ("oocli files ls tra", "files ls trash/"),
]
OF_WORKSPACE = [
    ("oocli call --portal 127.0.0.1:8080 GET crm/opportunity/fil",
     "call --portal 127.0.0.1:8080 GET crm/opportunity/filter"),
    ("oocli call --portal=127.0.0.1:8080 GET files/roomte",
     "call --portal=127.0.0.1:8080 GET files/roomte"),
]  # fmt: skip
