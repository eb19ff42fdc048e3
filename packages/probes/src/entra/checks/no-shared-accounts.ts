import { z } from 'zod'
import { fail, info, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { declarationOf, declared, nearDeclaration } from '../declared.ts'
import type { EntraFacts } from '../facts.ts'

const params = z.object({ declared })

export const entraNoSharedAccounts = {
  id: 'entra.no-shared-accounts',
  version: 1,
  connector: 'entra',
  title: { en: 'Every account belongs to exactly one person', de: 'Jedes Konto gehört genau einer Person' },
  why: {
    en: "What happens under a shared account is nobody's doing, and its password is known to everybody who ever used it.",
    de: 'Was unter einem gemeinsamen Konto geschieht, war niemand, und sein Passwort kennen alle, die es je benutzt haben.',
  },
  remedy: {
    en: 'Give each person an account; turn mailboxes for tasks into shared mailboxes without sign-in; name the people in the connection or keep employee numbers in the directory.',
    de: 'Jeder Person ein Konto geben; Postfächer für Aufgaben in freigegebene Postfächer ohne Anmeldung umwandeln; die Personen in der Verbindung nennen oder Personalnummern im Verzeichnis führen.',
  },
  severity: 'medium',
  serves: [{ measure: 'individual-accounts', as: 'proves' }],
  params,
  reads: ['accounts'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.5.16', 'BSI ORP.4'],
  sources: [
    'https://learn.microsoft.com/en-us/microsoft-365/admin/email/about-shared-mailboxes',
    'https://learn.microsoft.com/en-us/graph/api/resources/user',
  ],
  pitfalls: [
    'Without a list of people and without employee numbers nothing can pass: generic names that somebody signs in with still fail.',
    'A second account of the same person, for administration, belongs to that person: list it too.',
    'A generic name counts only if every part of it is one: "dev-team" is, "dev.jones" is not.',
    'Who shares a personal account with a colleague cannot be seen from outside.',
  ],
  messages: {
    mapped: {
      en: '{members} enabled accounts belong to a known person each.',
      de: '{members} aktive Konten gehören je einer bekannten Person.',
    },
    unknownPeople: {
      en: 'Nobody said who the people are: name them in the connection, or keep employee numbers in the directory.',
      de: 'Wer die Personen sind, ist nicht bekannt: in der Verbindung nennen oder Personalnummern im Verzeichnis führen.',
    },
    generic: {
      en: 'The account {account} has a generic name, and somebody signs in with it.',
      de: 'Das Konto {account} hat einen generischen Namen, und jemand meldet sich damit an.',
    },
    unmapped: {
      en: 'The account {account} belongs to no known person.',
      de: 'Das Konto {account} gehört keiner bekannten Person.',
    },
    genericIdle: {
      en: 'The account {account} has a generic name; that somebody signs in with it was not seen.',
      de: 'Das Konto {account} hat einen generischen Namen; dass sich jemand damit anmeldet, wurde nicht gesehen.',
    },
    declared: {
      en: 'The account {account} is shared or belongs to no person, as declared.',
      de: 'Das Konto {account} ist gemeinsam oder gehört keiner Person, wie erklärt.',
    },
  },
  judge({ accounts: { members, people, doubtful } }, { declared: list }, now) {
    if (members === 0) return []
    const verdicts = doubtful.map(({ id, generic, mapped, signsIn }, index): Verdict => {
      const because = `accounts.doubtful.${index}`
      const says = { account: id }
      if (declarationOf(id, list, now) === 'declared') return info(id, because, 'declared', says)
      const near = nearDeclaration(id, list, now)
      if (generic && signsIn === true) return unlessDeclared(fail(id, because, 'generic', says), near)
      if (mapped === false) return unlessDeclared(fail(id, because, 'unmapped', says), near)
      return info(id, because, 'genericIdle', says)
    })
    if (people.declared + people.withEmployeeNumber === 0)
      return [info('accounts', 'accounts.people', 'unknownPeople'), ...verdicts]
    if (verdicts.some(({ state }) => state === 'fail')) return verdicts
    return [pass('accounts', 'accounts.people', 'mapped', { members: members - verdicts.length }), ...verdicts]
  },
} satisfies Check<EntraFacts, 'accounts', typeof params>
