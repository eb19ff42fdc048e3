import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import { policyNames } from '../facts.ts'
import type { BitwardenFacts } from '../facts.ts'

const params = z.object({
  required: field(
    z.array(z.enum(policyNames)).min(1).default(['two-factor', 'master-password', 'single-organisation']),
    {
      label: { en: 'Policies that must be on', de: 'Richtlinien, die eingeschaltet sein müssen' },
    },
  ),
  minLength: field(z.int().min(8).default(12), {
    label: { en: 'Shortest master password', de: 'Kürzestes Master-Passwort' },
    unit: 'characters',
  }),
  maxTimeoutMinutes: field(z.int().min(1).default(240), {
    label: { en: 'Vault locked after at most', de: 'Tresor gesperrt nach höchstens' },
    unit: 'minutes',
  }),
})

export const bwPolicyRequired = {
  id: 'bw.policy-required',
  version: 1,
  connector: 'bitwarden',
  title: {
    en: 'The password manager enforces the declared rules',
    de: 'Der Passwort-Manager erzwingt die gemeldeten Regeln',
  },
  why: {
    en: 'What is only asked for in a guideline is forgotten by somebody; a policy holds for everybody.',
    de: 'Was nur in einer Richtlinie auf Papier steht, vergisst jemand; eine Regel im System gilt für alle.',
  },
  remedy: {
    en: 'Switch on the policy in the admin console under "Settings → Policies"; tell members first, since some policies remove those who do not comply.',
    de: 'Die Regel in der Admin-Konsole unter „Einstellungen → Richtlinien“ einschalten; Mitglieder vorher informieren, denn manche Regel entfernt, wer sie nicht erfüllt.',
  },
  severity: 'medium',
  serves: [
    { measure: 'password-policy', as: 'supports', takes: { passwordLength: 'minLength' } },
    { measure: 'password-manager', as: 'supports' },
    { measure: 'session-timeout', as: 'supports' },
  ],
  params,
  reads: ['policies'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.5.17', 'BSI ORP.4'],
  sources: ['https://bitwarden.com/help/policies/'],
  pitfalls: [
    'Policies belong to the Enterprise plan. With another plan there are none, and that fails: nothing is enforced then.',
    'Most policies do not bind owners and administrators.',
    'A rule for master passwords holds for new ones only, unless it is enforced at sign-in: told.',
    'Policies that nobody declared are neither demanded nor praised.',
  ],
  messages: {
    on: { en: 'The policy {policy} is on.', de: 'Die Regel {policy} ist eingeschaltet.' },
    off: { en: 'The policy {policy} is off.', de: 'Die Regel {policy} ist ausgeschaltet.' },
    short: {
      en: 'Master passwords of {length} characters are enough, {minLength} are intended.',
      de: 'Master-Passwörter mit {length} Zeichen genügen, vorgesehen sind {minLength}.',
    },
    noLength: {
      en: 'The policy for master passwords asks for no length.',
      de: 'Die Regel für Master-Passwörter verlangt keine Länge.',
    },
    newOnly: {
      en: 'The policy for master passwords does not reach those that exist.',
      de: 'Die Regel für Master-Passwörter erfasst bestehende nicht.',
    },
    slow: {
      en: 'The vault may stay open for {minutes} minutes, {most} are intended.',
      de: 'Der Tresor darf {minutes} Minuten offen bleiben, vorgesehen sind {most}.',
    },
    noTimeout: {
      en: 'The policy for the timeout of the vault names no time.',
      de: 'Die Regel für die Tresorsperre nennt keine Zeit.',
    },
  },
  judge({ policies }, { required, minLength, maxTimeoutMinutes }) {
    return [...new Set(required)].flatMap((name): Verdict[] => {
      const index = policies.findIndex((policy) => policy.name === name)
      const policy = policies[index]
      if (policy === undefined || !policy.enabled)
        return [fail(name, policy === undefined ? 'policies' : `policies.${index}.enabled`, 'off', { policy: name })]
      const path = `policies.${index}`
      if (name === 'master-password') return judgeLength(policy, path, minLength)
      if (name === 'vault-timeout') return [judgeTimeout(policy, path, maxTimeoutMinutes)]
      return [pass(name, `${path}.enabled`, 'on', { policy: name })]
    })
  },
} satisfies Check<BitwardenFacts, 'policies', typeof params>

type Policy = BitwardenFacts['policies'][number]

function judgeLength({ name, minLength: length, enforcedOnLogin }: Policy, path: string, minLength: number): Verdict[] {
  const because = `${path}.minLength`
  if (length === null) return [fail(name, because, 'noLength')]
  if (length < minLength) return [fail(name, because, 'short', { length, minLength })]
  const reach = enforcedOnLogin ? [] : [info(`${name}:existing`, `${path}.enforcedOnLogin`, 'newOnly')]
  return [pass(name, because, 'on', { policy: name }), ...reach]
}

function judgeTimeout({ name, timeoutMinutes: minutes }: Policy, path: string, most: number): Verdict {
  const because = `${path}.timeoutMinutes`
  if (minutes === null) return fail(name, because, 'noTimeout')
  return minutes > most ? fail(name, because, 'slow', { minutes, most }) : pass(name, because, 'on', { policy: name })
}
