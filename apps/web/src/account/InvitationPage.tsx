import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { call, signIn } from '../api/call.ts'
import { Problem } from '../api/problem.ts'
import { sentenceOf } from '../api/sentence.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { useLinkToken } from './link-token.ts'
import { NewPassword } from './NewPassword.tsx'
import { passwordStrength } from './password.ts'
import { useWhoami, whoami } from './session.ts'

type Invitation = Output<'invitation.open'>

/** Accepts an invitation: with a new account, or as the person who is signed in. */
export function InvitationPage() {
  const { t } = useTranslation()
  const token = useLinkToken()
  const invitation = useQuery({
    queryKey: ['invitation.open', token],
    queryFn: ({ signal }) => call('invitation.open', { token }, null, signal),
    // Once accepted it is gone, and asking again would only say so.
    staleTime: Infinity,
    retry: false,
  })
  return (
    <Page title={t(isOver(invitation.error) ? 'invitation.over' : 'invitation.title')}>
      {isOver(invitation.error) ? (
        <p role="alert">{sentenceOf(invitation.error, t)}</p>
      ) : (
        <Loaded read={invitation}>{(shown) => <Accept token={token} invitation={shown} />}</Loaded>
      )}
    </Page>
  )
}

/** Whether the link was used, withdrawn or is too old: trying again would say the same. */
function isOver(error: unknown): boolean {
  return error instanceof Problem && error.status === 410
}

function Accept({ token, invitation }: { token: string; invitation: Invitation }) {
  const { t } = useTranslation()
  const account = useWhoami()?.account ?? null
  return (
    <>
      <p className="lead">
        {t('invitation.lead', {
          tenant: invitation.tenant,
          role: t(`role.${invitation.role}`),
          email: invitation.email,
        })}
      </p>
      {account?.email === invitation.email ? (
        <AcceptAsMe token={token} />
      ) : (
        <>
          <p className="aside-note">
            {account ? t('invitation.other', { email: account.email }) : t('invitation.haveAccount')}{' '}
            <Link to="/sign-in" search={{ next: '/invitation' }} hash={token}>
              {t('signIn.submit')}
            </Link>
          </p>
          <AcceptAnew token={token} invitation={invitation} />
        </>
      )}
    </>
  )
}

function useOpenTenant() {
  const client = useQueryClient()
  const navigate = useNavigate()
  return async ({ slug, roomId }: { slug: string; roomId: string | null }) => {
    await client.fetchQuery({ ...whoami, staleTime: 0 })
    if (roomId === null) await navigate({ to: '/t/$slug', params: { slug } })
    else await navigate({ to: '/t/$slug/room/$roomId', params: { slug, roomId } })
  }
}

function AcceptAsMe({ token }: { token: string }) {
  const { t } = useTranslation()
  const openTenant = useOpenTenant()
  const accepting = useMutation({
    mutationFn: () => call('invitation.accept', { token }),
    onSuccess: openTenant,
  })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        accepting.mutate()
      }}
    >
      <Refused error={accepting.error} />
      <Button type="submit" variant="filled" loading={accepting.isPending}>
        {t('invitation.accept')}
      </Button>
    </form>
  )
}

function AcceptAnew({ token, invitation }: { token: string; invitation: Invitation }) {
  const { t } = useTranslation()
  const openTenant = useOpenTenant()
  const [name, setName] = useState(invitation.name)
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const accepting = useMutation({
    mutationFn: async () => {
      const joined = await call('invitation.accept', { token, account: { name: name.trim(), password } })
      await signIn(joined.email, password)
      return joined
    },
    onSuccess: openTenant,
  })
  const complete = name.trim() !== '' && passwordStrength(password) !== 'short'
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (complete) accepting.mutate()
      }}
    >
      <TextInput type="email" label={t('account.email')} autoComplete="username" value={invitation.email} readOnly />
      <TextInput
        label={t('account.name')}
        autoComplete="name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={tried && name.trim() === '' ? t('setup.nameMissing') : undefined}
      />
      <NewPassword
        value={password}
        onChange={setPassword}
        tried={tried}
        problem={undefined}
        about={[name, invitation.email]}
      />
      <Refused error={accepting.error} />
      <Button type="submit" variant="filled" loading={accepting.isPending}>
        {t('invitation.create')}
      </Button>
    </form>
  )
}

function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation()
  return error ? (
    <p className="field-problem" role="alert">
      {sentenceOf(error, t)}
    </p>
  ) : null
}
