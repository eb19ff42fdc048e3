import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFocus } from './use-focus.ts'

/** By which kind of code a person shows their second factor. */
export type CodeKind = 'code' | 'recoveryCode'

/** A code of the authenticator app, or a recovery code for who has lost it. */
export function CodeField({
  kind,
  onKind,
  value,
  onChange,
}: {
  kind: CodeKind
  /** undefined: only a code of the app will do */
  onKind?: (kind: CodeKind) => void
  value: string
  onChange: (code: string) => void
}) {
  const { t } = useTranslation()
  const field = useFocus()
  const isCode = kind === 'code'
  return (
    <>
      <TextInput
        key={kind}
        label={isCode ? t('factor.code') : t('factor.recoveryCode')}
        description={isCode ? t('factor.codeHint') : t('factor.recoveryCodeHint')}
        autoComplete={isCode ? 'one-time-code' : 'off'}
        inputMode={isCode ? 'numeric' : 'text'}
        maxLength={isCode ? 8 : 40}
        spellCheck={false}
        ref={field}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        required
        withAsterisk={false}
      />
      {onKind ? (
        <button
          type="button"
          className="text-button field-other"
          onClick={() => {
            onChange('')
            onKind(isCode ? 'recoveryCode' : 'code')
          }}
        >
          {isCode ? t('factor.useRecoveryCode') : t('factor.useCode')}
        </button>
      ) : null}
    </>
  )
}
