import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { signIn } from '../api/call.ts'
import { noticeAddress } from '../api/request.ts'
import { Problem } from '../api/problem.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useLanguage } from '../language/use-language.ts'
import { Page } from '../frame/Page.tsx'
import { useWhoami, whoami } from './session.ts'
import { whereNext } from './where-next.ts'

/** Signing in by mail address and password. */
export function SignInPage() {
  const { t } = useTranslation()
  const router = useRouter()
  const client = useQueryClient()
  const language = useLanguage()
  const { next } = useSearch({ from: '/sign-in' })
  const needsSetup = useWhoami()?.needsSetup ?? false
  const signingIn = useMutation({
    mutationFn: async (form: FormData) => {
      await signIn(text(form, 'email'), text(form, 'password'))
      return await client.fetchQuery({ ...whoami, staleTime: 0 })
    },
    onSuccess: ({ tenants }) => router.history.push(whereNext(next, tenants)),
  })
  const refused = signingIn.error instanceof Problem && signingIn.error.status === 401
  return (
    <Page title={t('signIn.title')} lead={t('signIn.lead')}>
      {needsSetup ? <p className="aside-note">{t('signIn.needsSetup')}</p> : null}
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          signingIn.mutate(new FormData(event.currentTarget))
        }}
      >
        <TextInput
          name="email"
          type="email"
          label={t('account.email')}
          autoComplete="username"
          required
          withAsterisk={false}
        />
        <PasswordInput
          name="password"
          label={t('account.password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword') }}
        />
        {signingIn.error ? (
          <p className="field-problem" role="alert">
            {refused ? t('signIn.refused') : sentenceOf(signingIn.error, t)}
          </p>
        ) : null}
        <Button type="submit" variant="filled" loading={signingIn.isPending}>
          {t('signIn.submit')}
        </Button>
      </form>
      <p className="note section">
        <a href={noticeAddress(language)}>{t('yourData.notice')}</a>
      </p>
    </Page>
  )
}

function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
