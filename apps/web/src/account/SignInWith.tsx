import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { beginSignIn } from '../api/call.ts'
import { sentenceOf } from '../api/sentence.ts'

/** Signing in by one's own organisation: it is named by its short name, its mail domain or one's mail address. */
export function SignInWith({ next }: { next: string | undefined }) {
  const { t } = useTranslation()
  const [organisation, setOrganisation] = useState('')
  const beginning = useMutation({
    mutationFn: () => beginSignIn(organisation, 'enter', next ?? '/'),
    onSuccess: (url) => location.assign(url),
  })
  return (
    <section className="section" aria-labelledby="sign-in-with">
      <h2 id="sign-in-with">{t('ownSignIn.with')}</h2>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          beginning.mutate()
        }}
      >
        <TextInput
          label={t('ownSignIn.organisation')}
          description={t('ownSignIn.organisationHint')}
          value={organisation}
          onChange={(event) => setOrganisation(event.currentTarget.value)}
          error={beginning.error ? sentenceOf(beginning.error, t) : undefined}
          autoComplete="organization"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={beginning.isPending}>
          {t('ownSignIn.go')}
        </Button>
      </form>
    </section>
  )
}
