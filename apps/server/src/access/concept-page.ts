import type { Concept } from './concept-view.ts'
import { scopeWords, standingWords } from './words.ts'

type Language = 'en' | 'de'

const words = {
  en: {
    title: 'Who may do what',
    lead: 'The authorisation concept of {tenant}, made on {at} from the permissions by which the server decides.',
    permission: 'Permission',
    people: 'People',
    yes: 'yes',
    behind: 'What each permission opens',
    members: 'Members',
    invitations: 'Open invitations',
    guests: 'Guests of audit rooms',
    grants: 'Operator let in',
    since: 'since {at}',
    until: 'until {at}',
    none: 'Nobody.',
    limit:
      'Whoever administers the machine as root and holds the master key could reach what lies on it without any of these permissions.',
  },
  de: {
    title: 'Wer darf was',
    lead: 'Das Berechtigungskonzept von {tenant}, am {at} aus den Berechtigungen erzeugt, nach denen der Server entscheidet.',
    permission: 'Berechtigung',
    people: 'Personen',
    yes: 'ja',
    behind: 'Was jede Berechtigung öffnet',
    members: 'Mitglieder',
    invitations: 'Offene Einladungen',
    guests: 'Gäste von Prüfräumen',
    grants: 'Eingelassener Betreiber',
    since: 'seit {at}',
    until: 'bis {at}',
    none: 'Niemand.',
    limit:
      'Wer die Maschine als root verwaltet und den Hauptschlüssel hat, könnte ohne jede dieser Berechtigungen an das gelangen, was darauf liegt.',
  },
} as const

/** The concept as one printable page without script or foreign address; names of others are text, never markup. */
export function conceptPage(concept: Concept, language: Language): string {
  const w = words[language]
  const when = new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  })
  const moment = (at: string) => `${when.format(new Date(at))} UTC`
  const fill = (sentence: string, at: string) => sentence.replace('{at}', moment(at))
  const list = (title: string, items: readonly string[]) =>
    `<h2>${title}</h2>${items.length === 0 ? `<p>${w.none}</p>` : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`}`
  const person = ({ name, email }: { name: string; email: string }, ...rest: readonly string[]) =>
    [`${text(name)} (${text(email)})`, ...rest].join(', ')

  const head = concept.columns.map((column) => `<th scope="col">${column.words[language]}</th>`).join('')
  const rows = concept.permissions.map(
    ({ permission, words: said }) =>
      `<tr><th scope="row">${said[language]}</th>${concept.columns
        .map((column) => `<td>${column.permissions.includes(permission) ? w.yes : '–'}</td>`)
        .join('')}</tr>`,
  )
  const count = concept.columns.map((column) => `<td>${column.people}</td>`).join('')
  const behind = concept.permissions.map(
    ({ words: said, operations }) =>
      `<dt>${said[language]}</dt>${operations.map(({ id, summary }) => `<dd><code>${id}</code> <span lang="en">${text(summary)}</span></dd>`).join('')}`,
  )
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${w.title} · ${text(concept.tenant.name)}</title>
<style>
body{font:11pt/1.45 Georgia,serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
table{border-collapse:collapse;width:100%;font-size:9pt}th,td{border-bottom:1px solid #bbb;padding:.3rem .4rem;text-align:left;vertical-align:top}
tr,li,dd{break-inside:avoid}code{font-size:9pt}dt{font-weight:bold;margin-top:.6rem}dd{margin-left:1rem}
@page{size:A4 landscape;margin:15mm}
</style></head>
<body>
<h1>${w.title}</h1>
<p>${fill(
    w.lead.replace('{tenant}', () => text(concept.tenant.name)),
    concept.at,
  )}</p>
<table><thead><tr><th scope="col">${w.permission}</th>${head}</tr></thead>
<tbody>${rows.join('\n')}
<tr><th scope="row">${w.people}</th>${count}</tr></tbody></table>
<p>${w.limit}</p>
${list(
  w.members,
  concept.members.map((one) => person(one, standingWords[one.role][language], fill(w.since, one.since))),
)}
${list(
  w.invitations,
  concept.invitations.map((one) => person(one, standingWords[one.role][language], fill(w.until, one.until))),
)}
${list(
  w.guests,
  concept.guests.map((one) => person(one, text(one.room), fill(w.until, one.until))),
)}
${list(
  w.grants,
  concept.grants.map((one) => person(one, scopeWords[one.scope][language], text(one.reason), fill(w.until, one.until))),
)}
<h2>${w.behind}</h2>
<dl>${behind.join('\n')}</dl>
</body>
</html>
`
}

function text(value: string): string {
  return value.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
