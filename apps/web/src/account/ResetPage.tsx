import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { Problem } from '../api/problem.ts'
import { sentenceOf } from '../api/sentence.ts'
import { Page } from '../frame/Page.tsx'
import { useLanguage } from '../language/use-language.ts'
import { useLinkToken } from './link-token.ts'
import { NewPassword } from './NewPassword.tsx'
import { passwordStrength } from './password.ts'
import { useWhoami } from './session.ts'
import './account.css'

/** A forgotten password: asks for the link, or, opened by the link, for the new password. */
export function ResetPage() {
  const { t } = useTranslation()
  const token = useLinkToken()
  const byMail = useWhoami()?.byMail ?? false
  if (token !== '') return <Choose key={token} token={token} />
  return (
    <Page title={t('reset.title')} lead={byMail ? t('reset.lead') : undefined}>
      {byMail ? <Ask /> : <p>{t('reset.noMail')}</p>}
      <p className="form-after">
        <Link to="/sign-in" search={{}}>
          {t('reset.toSignIn')}
        </Link>
      </p>
    </Page>
  )
}

function Ask() {
  const { t } = useTranslation()
  const language = useLanguage()
  const [email, setEmail] = useState('')
  const asking = useMutation({ mutationFn: () => call('account.request_reset', { email: email.trim(), language }) })
  // Which of its fields the server refused says nothing here: there is only one.
  const isMalformed = asking.error instanceof Problem && asking.error.status === 400
  return (
    <>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          asking.mutate()
        }}
      >
        <TextInput
          type="email"
          label={t('account.email')}
          autoComplete="username"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={asking.error ? (isMalformed ? t('setup.emailMissing') : sentenceOf(asking.error, t)) : undefined}
          required
          withAsterisk={false}
        />
        <Button type="submit" variant="filled" loading={asking.isPending}>
          {t('reset.send')}
        </Button>
      </form>
      <p className="form-after" role="status">
        {asking.isSuccess ? t('reset.sent') : null}
      </p>
    </>
  )
}

function Choose({ token }: { token: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const resetting = useMutation({ mutationFn: () => call('account.reset', { token, password, language }) })
  if (resetting.isSuccess)
    return (
      <Page title={t('reset.doneTitle')}>
        <p role="status">{t('reset.done')}</p>
        <p className="form-after">
          <Link to="/sign-in" search={{}}>
            {t('signIn.submit')}
          </Link>
        </p>
      </Page>
    )
  const isSpent = resetting.error instanceof Problem && resetting.error.code === 'account.link_invalid'
  return (
    <Page title={t('reset.chooseTitle')} lead={t('reset.chooseLead')}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (passwordStrength(password) !== 'short') resetting.mutate()
        }}
      >
        <NewPassword
          label={t('own.newPassword')}
          value={password}
          onChange={setPassword}
          tried={tried}
          problem={undefined}
        />
        {resetting.error ? (
          <p className="field-problem" role="alert">
            {sentenceOf(resetting.error, t)} {isSpent ? <Link to="/reset">{t('reset.again')}</Link> : null}
          </p>
        ) : null}
        <Button type="submit" variant="filled" loading={resetting.isPending}>
          {t('reset.choose')}
        </Button>
      </form>
    </Page>
  )
}
