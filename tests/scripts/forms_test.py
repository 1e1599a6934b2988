"""Forms before the field: tried by a simulated respondent, compared, and answers moved to the next version."""
import json
import os

from support import SOURCE, Folder, check, rihla, run

QUESTIONNAIRES = os.path.join(SOURCE, "forms", "questionnaires")

BEFORE = """type,name,label
integer,age,Age
text,nickname,Nickname
select_one yn,agree,Agree
begin_repeat,actor,Actor
text,who,Who
end_repeat,,
"""
AFTER = """type,name,label,x_id
integer,age_years,Age,age
select_one yn,agree,Agree,
begin_repeat,actor,Actor,
text,who,Who,
text,role,Role,
end_repeat,,,
"""
CHOICES = "list_name,name,label\nyn,y,Yes\nyn,n,No\n"


def form(folder, name, survey):
    path = os.path.join(folder, name)
    os.mkdir(path)
    for sheet, text in (("survey", survey), ("choices", CHOICES)):
        with open(os.path.join(path, sheet + ".csv"), "w", encoding="utf-8") as out:
            out.write(text)
    return path


def tried():
    done = rihla("form", "try", os.path.join(QUESTIONNAIRES, "youth"), "--lists",
                 os.path.join(QUESTIONNAIRES, "lists"), "--json", expect=None)
    interviews = json.loads(done.out)["interviews"]
    check(len(interviews) >= 5, "an interview a language")
    for one in interviews:
        check(one["ended"] and one["answered"] > 20, str(one))
        check(one["unmet"] == [], str(one["unmet"]))


def not_met():
    with Folder() as folder:
        path = form(folder, "hard", "type,name,label,required,constraint\ninteger,never,Never,yes,. > 5 and . < 5\n")
        done = rihla("form", "try", path, expect=1)
        check("not met: never" in done.out, done.out)


def moved():
    with Folder() as folder:
        before, after = form(folder, "before", BEFORE), form(folder, "after", AFTER)
        answers = os.path.join(folder, "answers.jsonl")
        lines = [{"question": "age", "answer": "34"}, {"question": "nickname", "answer": "Zizou"},
                 {"question": "agree", "answer": "y"}, {"question": "actor[1]/who", "answer": "Amina"},
                 {"add": "actor"}, {"question": "actor[2]/who", "answer": "Salma"}, {"finish": True}]
        with open(answers, "w", encoding="utf-8") as out:
            out.write("\n".join(map(json.dumps, lines)))
        done = rihla("form", "migrate", before, after, answers)
        told = [json.loads(line) for line in done.out.splitlines()]
        given = {one["question"]: one["answer"] for one in told if "question" in one}
        check(given == {"age_years": "34", "agree": "y", "actor[1]/who": "Amina", "actor[2]/who": "Salma"}, str(given))
        archived = [one for one in told if "archived" in one]
        check(len(archived) == 1 and archived[0]["archived"] == "nickname" and archived[0]["answer"] == "Zizou",
              "what has no place is kept, with the reason: " + str(archived))
        check({"add": "actor"} in told, "the second instance is added: " + str(told))
        # What is printed is a script for the next version.
        script = os.path.join(folder, "moved.jsonl")
        with open(script, "w", encoding="utf-8") as out:
            out.writelines(json.dumps(one) + "\n" for one in told if "archived" not in one)
        again = rihla("form", "migrate", after, after, script)
        check([json.loads(line) for line in again.out.splitlines()] == [one for one in told if "archived" not in one],
              again.out)


def refused():
    with Folder() as folder:
        before = form(folder, "before", BEFORE)
        answers = os.path.join(folder, "answers.jsonl")
        with open(answers, "w", encoding="utf-8") as out:
            out.write('{"question": "agee", "answer": "34"}\n')
        done = rihla("form", "migrate", before, before, answers, expect=14)
        check("line 1" in done.err and "agee" in done.err, done.err)


run("forms", [
    ("a simulated respondent answers a questionnaire in each of its languages", tried),
    ("a question that nobody can answer is named, and the exit code is 1", not_met),
    ("answers move to the next version; what has no place there is told, not dropped", moved),
    ("a question that the first form does not have is named with its line", refused),
])
