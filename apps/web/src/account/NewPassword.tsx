import { PasswordInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { leastPasswordLength, passwordStrength } from './password.ts'

/** The meter: filled marks, beside the word that says the same. */
const marks = { short: '○○○○', weak: '●○○○', fair: '●●○○', good: '●●●○', strong: '●●●●' }

/** A password that is chosen, with its strength said while it is typed. */
export function NewPassword({
  label,
  value,
  onChange,
  tried,
  problem,
  about = [],
}: {
  /** Where another password stands beside it. */
  label?: string
  value: string
  onChange: (password: string) => void
  /** Whether somebody tried to send it: before, nothing is called wrong. */
  tried: boolean
  /** What the server said about it. */
  problem: string | undefined
  /** What others know of the person, and would try. */
  about?: readonly string[]
}) {
  const { t } = useTranslation()
  const isShort = passwordStrength(value) === 'short'
  return (
    <>
      <PasswordInput
        label={label ?? t('account.password')}
        description={t('setup.passwordHint', { least: leastPasswordLength })}
        autoComplete="new-password"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={problem ?? (tried && isShort ? t('setup.passwordShort', { least: leastPasswordLength }) : undefined)}
        visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword') }}
      />
      <Strength password={value} about={about} />
    </>
  )
}

function Strength({ password, about }: { password: string; about: readonly string[] }) {
  const { t } = useTranslation()
  const { data: estimate } = useQuery({
    queryKey: ['password-estimate'],
    queryFn: () => import('./estimate.ts'),
    enabled: password !== '',
    staleTime: Infinity,
    retry: false,
  })
  // Typing goes first; what it is judged may follow.
  const judged = useDeferredValue(password)
  const strength = passwordStrength(judged, estimate?.magnitudeOf(judged, about) ?? null)
  return (
    <p className="note strength" aria-live="polite">
      {judged === '' ? null : (
        <>
          <span aria-hidden>{marks[strength]} </span>
          {t(`setup.strength.${strength}`)}
        </>
      )}
    </p>
  )
}
