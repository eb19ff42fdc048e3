import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, signIn } from '../api/call.ts'
import { Problem } from '../api/problem.ts'
import { sentenceOf } from '../api/sentence.ts'
import { Page } from '../frame/Page.tsx'
import { useLinkToken } from './link-token.ts'
import { NewPassword } from './NewPassword.tsx'
import { passwordStrength } from './password.ts'
import { whoami } from './session.ts'

/** The first owner of an installation, by the link that the server printed. */
export function SetupPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const token = useLinkToken()
  const [person, setPerson] = useState({ name: '', email: '', password: '' })
  const [tried, setTried] = useState(false)
  const strength = passwordStrength(person.password)
  const setup = useMutation({
    mutationFn: async () => {
      await call('account.setup', { token, ...person })
      await signIn(person.email, person.password)
    },
    onSuccess: async () => {
      await client.fetchQuery({ ...whoami, staleTime: 0 })
      await navigate({ to: '/' })
    },
  })
  const problemOf = (path: string) =>
    setup.error instanceof Problem ? setup.error.fields.find((field) => field.path === path)?.problem : undefined
  const mailLike = /^\S+@\S+$/.test(person.email)
  const complete = person.name.trim() !== '' && mailLike && strength !== 'short'
  if (token === '') {
    return (
      <Page title={t('setup.title')}>
        <p role="alert">{t('setup.noToken')}</p>
      </Page>
    )
  }
  return (
    <Page title={t('setup.title')} lead={t('setup.lead')}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (complete) setup.mutate()
        }}
      >
        <TextInput
          label={t('account.name')}
          autoComplete="name"
          value={person.name}
          onChange={(event) => setPerson({ ...person, name: event.currentTarget.value })}
          error={problemOf('name') ?? (tried && person.name.trim() === '' ? t('setup.nameMissing') : undefined)}
        />
        <TextInput
          type="email"
          label={t('account.email')}
          autoComplete="username"
          value={person.email}
          onChange={(event) => setPerson({ ...person, email: event.currentTarget.value })}
          error={problemOf('email') ?? (tried && !mailLike ? t('setup.emailMissing') : undefined)}
        />
        <NewPassword
          value={person.password}
          onChange={(password) => setPerson({ ...person, password })}
          tried={tried}
          problem={problemOf('password')}
          about={[person.name, person.email]}
        />
        {setup.error ? (
          <p className="field-problem" role="alert">
            {sentenceOf(setup.error, t)}
          </p>
        ) : null}
        <Button type="submit" variant="filled" loading={setup.isPending}>
          {t('setup.submit')}
        </Button>
      </form>
    </Page>
  )
}
