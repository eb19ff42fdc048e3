import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { Problem } from '../api/problem.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useLanguage } from '../language/use-language.ts'
import { useWhoami } from './session.ts'
import './account.css'

/** One's own mail address: another one counts once it is confirmed from there. */
export function OwnAddress() {
  const { t } = useTranslation()
  const byMail = useWhoami()?.byMail ?? false
  return (
    <section className="section" aria-labelledby="own-address">
      <h2 id="own-address">{t('address.own')}</h2>
      {byMail ? <Change /> : <p>{t('address.noMail')}</p>}
    </section>
  )
}

function Change() {
  const { t } = useTranslation()
  const language = useLanguage()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const changing = useMutation({
    mutationFn: () => call('account.change_email', { email: email.trim(), password, language }),
    onSuccess: () => setPassword(''),
  })
  const isMalformed = changing.error instanceof Problem && changing.error.status === 400
  return (
    <>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          changing.mutate()
        }}
      >
        <TextInput
          type="email"
          label={t('address.new')}
          autoComplete="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={isMalformed ? t('setup.emailMissing') : undefined}
          required
          withAsterisk={false}
        />
        <PasswordInput
          label={t('own.currentPassword')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': t('own.showCurrent') }}
        />
        {changing.error && !isMalformed ? (
          <p className="field-problem" role="alert">
            {sentenceOf(changing.error, t)}
          </p>
        ) : null}
        <Button type="submit" loading={changing.isPending}>
          {t('address.send')}
        </Button>
      </form>
      <p className="form-after" role="status">
        {changing.isSuccess ? t('address.sent') : null}
      </p>
    </>
  )
}
