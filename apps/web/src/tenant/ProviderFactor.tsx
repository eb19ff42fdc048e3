import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** What the provider must say for a sign-in to count as two factors; null: it never does. */
type Factor = string | null

const kinds = ['own', 'mfa', 'context'] as const

const kindOf = (factor: Factor) => (factor === null ? 'own' : factor === 'mfa' ? 'mfa' : 'context')
const firstOf = { own: null, mfa: 'mfa', context: 'c1' } as const

/** Whether the tenant believes the provider that it has seen a second factor, and by which words. */
export function ProviderFactor({ factor, onChange }: { factor: Factor; onChange: (factor: Factor) => void }) {
  const { t } = useTranslation()
  const kind = kindOf(factor)
  return (
    <>
      <NativeSelect
        label={t('ownSignIn.factor')}
        description={t('ownSignIn.factorHint')}
        value={kind}
        onChange={(event) => onChange(firstOf[kinds.find((one) => one === event.currentTarget.value) ?? kind])}
        data={kinds.map((one) => ({ value: one, label: t(`ownSignIn.factors.${one}`) }))}
      />
      {kind === 'context' ? (
        <TextInput
          label={t('ownSignIn.context')}
          description={t('ownSignIn.contextHint')}
          value={factor ?? ''}
          onChange={(event) => onChange(event.currentTarget.value)}
          pattern="c[1-9][0-9]?"
          spellCheck={false}
          required
          withAsterisk={false}
        />
      ) : null}
    </>
  )
}
