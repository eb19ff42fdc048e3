import { useTranslation } from 'react-i18next'

const outcomes = [
  'connect',
  'try',
  'unreachable',
  'state_invalid',
  'provider_refused',
  'token_invalid',
  'not_invited',
  'connect_first',
  'domain_not_allowed',
  'groups_too_many',
  'other_identity',
  'no_sign_in',
] as const
const good: readonly string[] = ['connect', 'try']

/** How coming back from an organisation's sign-in went. The address says which; the sentence is ours. */
export function SignInOutcome({ outcome }: { outcome: string | undefined }) {
  const { t } = useTranslation()
  const known = outcomes.find((one) => one === outcome)
  if (known === undefined) return null
  return (
    <p className="aside-note" role={good.includes(known) ? 'status' : 'alert'}>
      {t(`ownSignIn.outcome.${known}`)}
    </p>
  )
}
