import { Button, PasswordInput, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { call } from '../api/call.ts'
import { sentenceOf } from '../api/sentence.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Certificates } from './Certificates.tsx'
import { Connect } from './Connect.tsx'
import { NewPassword } from './NewPassword.tsx'
import { OwnAddress } from './OwnAddress.tsx'
import { passwordStrength } from './password.ts'
import { Tokens } from './Tokens.tsx'
import { Passkeys } from './Passkeys.tsx'
import { SecondFactor } from './SecondFactor.tsx'
import { sessionsQueryKey, useWhoami, whoami } from './session.ts'
import { SignInOutcome } from './SignInOutcome.tsx'
import { GonePage, YourData } from './YourData.tsx'
import type { Gone } from './YourData.tsx'
import './members.css'

type Session = Output<'account.sessions'>['sessions'][number]

/** One's own account: name, password, and where one is signed in. */
export function AccountPage() {
  const { t } = useTranslation()
  const account = useWhoami()?.account
  const { 'sign-in': outcome } = useSearch({ strict: false })
  const client = useQueryClient()
  const [gone, setGone] = useState<Gone | null>(null)
  const onGone = (answer: Gone) => {
    setGone(answer)
    void client.invalidateQueries(whoami)
  }
  if (gone) return <GonePage {...gone} />
  return (
    <Page title={t('own.title')} lead={account?.email} long>
      <SignInOutcome outcome={outcome} />
      {account ? <Name key={account.name} name={account.name} /> : null}
      <Password />
      <SecondFactor />
      <Passkeys />
      <Sessions />
      <OwnAddress />
      <Connect />
      <Tokens />
      <Certificates />
      {account ? <YourData email={account.email} onGone={onGone} /> : null}
    </Page>
  )
}

function Name({ name: before }: { name: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [name, setName] = useState(before)
  const renaming = useMutation({
    mutationFn: () => call('account.rename', { name: name.trim() }),
    onSuccess: () => client.invalidateQueries(whoami),
  })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        renaming.mutate()
      }}
    >
      <TextInput
        label={t('account.name')}
        autoComplete="name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={renaming.error ? sentenceOf(renaming.error, t) : undefined}
        required
        withAsterisk={false}
      />
      <Button type="submit" loading={renaming.isPending} disabled={name.trim() === '' || name.trim() === before}>
        {t('own.rename')}
      </Button>
    </form>
  )
}

function Password() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const account = useWhoami()?.account
  const changing = useMutation({
    mutationFn: () => call('account.change_password', { current, password }),
    onSuccess: async () => {
      setCurrent('')
      setPassword('')
      setTried(false)
      notifications.show({ message: t('own.passwordChanged') })
      await client.invalidateQueries({ queryKey: sessionsQueryKey })
    },
  })
  return (
    <section className="section" aria-labelledby="own-password">
      <h2 id="own-password">{t('own.password')}</h2>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (current !== '' && passwordStrength(password) !== 'short') changing.mutate()
        }}
      >
        <PasswordInput
          label={t('own.currentPassword')}
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          error={tried && current === '' ? t('own.currentMissing') : undefined}
          visibilityToggleButtonProps={{ 'aria-label': t('own.showCurrent') }}
        />
        <NewPassword
          label={t('own.newPassword')}
          value={password}
          onChange={setPassword}
          tried={tried}
          problem={undefined}
          about={account ? [account.name, account.email] : []}
        />
        {changing.error ? (
          <p className="field-problem" role="alert">
            {sentenceOf(changing.error, t)}
          </p>
        ) : null}
        <Button type="submit" loading={changing.isPending}>
          {t('own.changePassword')}
        </Button>
      </form>
    </section>
  )
}

function Sessions() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const sessions = useQuery({
    queryKey: sessionsQueryKey,
    queryFn: ({ signal }) => call('account.sessions', {}, null, signal),
  })
  const ended = {
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQueryKey }),
    onError: (error: Error) => notifications.show({ message: sentenceOf(error, t), color: 'bad' }),
  }
  const ending = useMutation({
    mutationFn: (sessionId: string) => call('account.end_session', { sessionId }),
    ...ended,
  })
  const endingOthers = useMutation({ mutationFn: () => call('account.end_others', {}), ...ended })
  return (
    <section className="section" aria-labelledby="own-sessions">
      <h2 id="own-sessions">{t('own.sessions')}</h2>
      <Loaded read={sessions}>
        {({ sessions }) => (
          <>
            <ul className="rows">
              {sessions.map((session) => (
                <SessionRow key={session.sessionId} session={session} onEnd={() => ending.mutate(session.sessionId)} />
              ))}
            </ul>
            {sessions.length > 1 ? (
              <Button loading={endingOthers.isPending} onClick={() => endingOthers.mutate()}>
                {t('own.endOthers')}
              </Button>
            ) : null}
          </>
        )}
      </Loaded>
    </section>
  )
}

function SessionRow({ session, onEnd }: { session: Session; onEnd: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const nameOf = (part: string) => (part === 'other' ? t('own.unknown') : part)
  const device = t('own.device', { browser: nameOf(session.device.browser), system: nameOf(session.device.system) })
  return (
    <li className="row member">
      <div className="row-main">
        <h3 className="row-title">{device}</h3>
        <p className="note quiet">
          {t('own.sinceAndUse', { since: moment(session.since, language), use: moment(session.lastUse, language) })}
          {session.place === null ? null : ` · ${placeName(session.place, t)}`}
        </p>
      </div>
      {session.current ? (
        <p className="quiet">{t('own.thisOne')}</p>
      ) : (
        <Button variant="default" onClick={onEnd} aria-label={t('own.endWhich', { device })}>
          {t('own.end')}
        </Button>
      )}
    </li>
  )
}

/** The network of the last use, as coarse as the server keeps it. */
function placeName(place: string, t: TFunction): string {
  if (place === 'this-machine' || place === 'private') return t(`place.${place}`)
  return t('place.internet', { network: place })
}
