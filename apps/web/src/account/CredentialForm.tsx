import { Button, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** The form below a list of credentials: a name, what the kind needs, and a button. */
export function CredentialForm({
  title,
  hint,
  name,
  onName,
  submit,
  ready,
  pending,
  onSubmit,
  children,
}: {
  title: string
  hint?: string
  name: string
  onName: (name: string) => void
  submit: string
  /** Whether everything but the name is there. */
  ready: boolean
  pending: boolean
  onSubmit: () => void
  children: ReactNode
}) {
  const { t } = useTranslation()
  return (
    <>
      <h3 className="form-title">{title}</h3>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        <TextInput
          label={t('token.name')}
          description={hint}
          value={name}
          onChange={(event) => onName(event.currentTarget.value)}
          required
          withAsterisk={false}
          maxLength={100}
          autoComplete="off"
        />
        {children}
        <Button type="submit" loading={pending} disabled={name.trim() === '' || !ready}>
          {submit}
        </Button>
      </form>
    </>
  )
}
