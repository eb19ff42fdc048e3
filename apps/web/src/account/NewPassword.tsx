import { PasswordInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { leastPasswordLength, passwordStrength } from './password.ts'

const marks = { short: '○○○', fair: '●○○', good: '●●○', strong: '●●●' }

/** A password that is chosen, with its strength said while it is typed. */
export function NewPassword({
  label,
  value,
  onChange,
  tried,
  problem,
}: {
  /** Where another password stands beside it. */
  label?: string
  value: string
  onChange: (password: string) => void
  /** Whether somebody tried to send it: before, nothing is called wrong. */
  tried: boolean
  /** What the server said about it. */
  problem: string | undefined
}) {
  const { t } = useTranslation()
  const strength = passwordStrength(value)
  return (
    <>
      <PasswordInput
        label={label ?? t('account.password')}
        description={t('setup.passwordHint', { least: leastPasswordLength })}
        autoComplete="new-password"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={
          problem ??
          (tried && strength === 'short' ? t('setup.passwordShort', { least: leastPasswordLength }) : undefined)
        }
        visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword') }}
      />
      <p className="note strength" aria-live="polite">
        {value === '' ? null : (
          <>
            <span aria-hidden>{marks[strength]} </span>
            {t(`setup.strength.${strength}`)}
          </>
        )}
      </p>
    </>
  )
}
