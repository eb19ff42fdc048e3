import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { BitwardenFacts } from '../facts.ts'

export const bwMembers2fa = {
  id: 'bw.members-2fa',
  version: 1,
  connector: 'bitwarden',
  title: {
    en: 'Every member of the password manager uses a second factor',
    de: 'Jedes Mitglied des Passwort-Managers nutzt einen zweiten Faktor',
  },
  why: {
    en: 'One guessed master password opens all other passwords of a person at once.',
    de: 'Ein erratenes Master-Passwort öffnet alle anderen Passwörter einer Person auf einmal.',
  },
  remedy: {
    en: 'Ask the member to set up two-step login, and switch on the policy that demands it.',
    de: 'Das Mitglied die Zwei-Schritt-Anmeldung einrichten lassen und die Richtlinie einschalten, die sie verlangt.',
  },
  severity: 'high',
  serves: [
    { measure: 'mfa', as: 'proves' },
    { measure: 'password-manager', as: 'supports' },
  ],
  params: noParams,
  reads: ['members', 'policies'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.5.17', 'ISO/IEC 27001:2022 A.8.5', 'BSI ORP.4'],
  sources: ['https://bitwarden.com/help/setup-two-step-login/', 'https://bitwarden.com/help/policies/'],
  pitfalls: [
    'Only confirmed members are judged; invited and revoked ones reach no vault.',
    'Where members must sign in through the organisation, the second factor is asked for there and is not seen here: told, never passed. Owners and administrators are exempt from that policy and are judged by their own factor.',
    'The API says that a factor is set up, not which: a mail to the inbox counts as well.',
  ],
  messages: {
    on: { en: 'Member {id} has a second factor.', de: 'Mitglied {id} hat einen zweiten Faktor.' },
    off: { en: 'Member {id} ({role}) has no second factor.', de: 'Mitglied {id} ({role}) hat keinen zweiten Faktor.' },
    sso: {
      en: 'Member {id} signs in through the organisation; look at the second factor there.',
      de: 'Mitglied {id} meldet sich über die Organisation an; der zweite Faktor ist dort zu prüfen.',
    },
  },
  judge({ members, policies }) {
    const sso = policies.findIndex(({ name, enabled }) => name === 'require-sso' && enabled)
    return members.flatMap((member, index) => {
      const { id, role, status, twoFactor } = member
      if (status !== 'confirmed') return []
      const subject = `member:${id}`
      const because = `members.${index}.twoFactor`
      if (twoFactor) return [pass(subject, because, 'on', { id })]
      const isExempt = role === 'owner' || role === 'admin'
      if (sso >= 0 && !isExempt) return [info(subject, [because, `policies.${sso}.enabled`], 'sso', { id })]
      return [fail(subject, because, 'off', { id, role })]
    })
  },
} satisfies Check<BitwardenFacts, 'members' | 'policies', typeof noParams>
