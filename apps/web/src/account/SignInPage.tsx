import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useLocation, useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signIn, signInByCode } from '../api/call.ts'
import { knowsPasskeys, signInByPasskey } from '../api/passkey.ts'
import { noticeAddress } from '../api/request.ts'
import { Problem } from '../api/problem.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useLanguage } from '../language/use-language.ts'
import { Page } from '../frame/Page.tsx'
import { CodeField } from './CodeField.tsx'
import type { CodeKind } from './CodeField.tsx'
import { useWhoami, whoami } from './session.ts'
import { SignInOutcome } from './SignInOutcome.tsx'
import { SignInWith } from './SignInWith.tsx'
import { whereNext } from './where-next.ts'
import './account.css'

/** Signing in by mail address and password, with a second step where the account has one, or by a passkey. */
export function SignInPage() {
  const { t } = useTranslation()
  const router = useRouter()
  const client = useQueryClient()
  const { next, 'sign-in': outcome } = useSearch({ from: '/sign-in' })
  const hash = useLocation({ select: (location) => location.hash })
  const needsSetup = useWhoami()?.needsSetup ?? false
  const [isSecond, setSecond] = useState(false)
  const enter = async () => {
    const { tenants } = await client.fetchQuery({ ...whoami, staleTime: 0 })
    // Who came by the link of an invitation goes on with its token, which stands where no server sees it.
    const token = next === '/invitation' && hash !== '' ? `#${hash}` : ''
    router.history.push(`${whereNext(next, tenants)}${token}`)
  }
  return (
    <Page key={String(isSecond)} title={t('signIn.title')} lead={isSecond ? t('factor.secondLead') : t('signIn.lead')}>
      {needsSetup ? <p className="aside-note">{t('signIn.needsSetup')}</p> : null}
      {isSecond ? (
        <SecondStep onDone={enter} onBack={() => setSecond(false)} />
      ) : (
        <>
          <SignInOutcome outcome={outcome} />
          <FirstStep onDone={enter} onSecond={() => setSecond(true)} />
          <SignInWith next={next} />
        </>
      )}
    </Page>
  )
}

function FirstStep({ onDone, onSecond }: { onDone: () => Promise<void>; onSecond: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const signingIn = useMutation({
    mutationFn: async (form: FormData) => {
      const { needsCode } = await signIn(text(form, 'email'), text(form, 'password'))
      if (needsCode) onSecond()
      else await onDone()
    },
  })
  const byPasskey = useMutation({
    mutationFn: async () => {
      await signInByPasskey()
      await onDone()
    },
  })
  const error = signingIn.error ?? byPasskey.error
  const refused = signingIn.error instanceof Problem && signingIn.error.status === 401
  return (
    <>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          byPasskey.reset()
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
        {error ? (
          <p className="field-problem" role="alert">
            {refused ? t('signIn.refused') : sentenceOf(error, t)}
          </p>
        ) : null}
        <Button type="submit" variant="filled" loading={signingIn.isPending}>
          {t('signIn.submit')}
        </Button>
      </form>
      {knowsPasskeys ? (
        <div className="actions">
          <Button
            loading={byPasskey.isPending}
            onClick={() => {
              signingIn.reset()
              byPasskey.mutate()
            }}
          >
            {t('factor.signInByPasskey')}
          </Button>
        </div>
      ) : null}
      <p className="form-after">
        <Link to="/reset">{t('reset.forgotten')}</Link>
      </p>
      <p className="note section">
        <a href={noticeAddress(language)}>{t('yourData.notice')}</a>
      </p>
    </>
  )
}

function SecondStep({ onDone, onBack }: { onDone: () => Promise<void>; onBack: () => void }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<CodeKind>('code')
  const [code, setCode] = useState('')
  const entering = useMutation({
    mutationFn: async () => {
      await signInByCode(code.trim(), kind)
      await onDone()
    },
  })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        entering.mutate()
      }}
    >
      <CodeField kind={kind} onKind={setKind} value={code} onChange={setCode} />
      {entering.error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(entering.error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={entering.isPending}>
          {t('signIn.submit')}
        </Button>
        <Button onClick={onBack}>{t('factor.again')}</Button>
      </div>
    </form>
  )
}

function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
