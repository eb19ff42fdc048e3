import { Button, NativeSelect, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output, Role } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { Grants } from '../access/Grants.tsx'
import { HistoryButton } from '../history/History.tsx'
import { day, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { MemberTokens } from './MemberTokens.tsx'
import { useMay, useWhoami } from './session.ts'
import './account.css'
import './members.css'

type Access = Output<'access.list'>
type Member = Access['members'][number]

const roles: readonly Role[] = ['owner', 'editor', 'signatory', 'dpo', 'member']

/** Who belongs to the tenant, who is invited, and who may do what. */
export function MembersPage() {
  const { t } = useTranslation()
  const access = useRead('access.list', {})
  const mayChange = useMay('access:write')
  const mayLedger = useMay('ledger:read')
  const mayRead = useMay('access:read')
  const slug = useTenant() ?? ''
  return (
    <Page
      title={t('members.title')}
      lead={t('members.lead')}
      actions={
        mayRead ? (
          <Link to="/t/$slug/access" params={{ slug }}>
            {t('members.whoMay')}
          </Link>
        ) : undefined
      }
    >
      <Loaded read={access}>
        {({ members }) => (
          <>
            <ul className="rows">
              {members.map((member) => (
                <MemberRow key={member.accountId} member={member} mayChange={mayChange} />
              ))}
            </ul>
            {mayChange ? <Invitations /> : null}
            {mayChange ? <Invite /> : null}
            {mayChange ? <MemberTokens /> : null}
            {mayLedger ? <Grants mayChange={mayChange} /> : null}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function RoleSelect({ value, onChange, label }: { value: Role; onChange: (role: Role) => void; label: string }) {
  const { t } = useTranslation()
  return (
    <NativeSelect
      label={label}
      value={value}
      onChange={(event) => onChange(roles.find((role) => role === event.currentTarget.value) ?? value)}
      data={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
    />
  )
}

function MemberRow({ member, mayChange }: { member: Member; mayChange: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayLedger = useMay('ledger:read')
  const changing = useChange('access.change', { stale: ['access.list'] })
  return (
    <li className="row member">
      <div className="row-main">
        <h2 className="row-title">{member.name}</h2>
        <p className="note quiet">
          {member.email} · {t('members.since', { day: day(member.since, language) })}{' '}
          {mayLedger ? <HistoryButton id={member.accountId} name={member.name} /> : null}
        </p>
      </div>
      {mayChange ? (
        <div className="member-side" aria-busy={changing.isPending}>
          <RoleSelect
            label={t('members.roleOf', { name: member.name })}
            value={member.role}
            onChange={(role) => changing.mutate({ accountId: member.accountId, role })}
          />
          <Remove member={member} />
        </div>
      ) : (
        <p className="quiet">{t(`role.${member.role}`)}</p>
      )}
    </li>
  )
}

function Remove({ member }: { member: Member }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const removing = useChange('access.remove', { stale: ['access.list'], onDone: () => setAsking(false) })
  return (
    <>
      <Button
        variant="default"
        onClick={() => setAsking(true)}
        aria-label={t('members.removeWho', { name: member.name })}
      >
        {t('members.remove')}
      </Button>
      <Dialog title={t('members.removeWho', { name: member.name })} opened={asking} onClose={() => setAsking(false)}>
        <p>{t('members.removeWhat')}</p>
        <p className="actions">
          <Button
            variant="filled"
            loading={removing.isPending}
            onClick={() => removing.mutate({ accountId: member.accountId })}
          >
            {t('members.remove')}
          </Button>
          <Button variant="default" onClick={() => setAsking(false)}>
            {t('action.cancel')}
          </Button>
        </p>
      </Dialog>
    </>
  )
}

function Invitations() {
  const { t } = useTranslation()
  const language = useLanguage()
  const read = useRead('invitation.list', {})
  const withdrawing = useChange('invitation.withdraw', { stale: ['invitation.list'] })
  const invitations = read.data?.invitations ?? []
  if (invitations.length === 0) return null
  return (
    <section className="section" aria-labelledby="invited">
      <h2 id="invited">{t('members.invited')}</h2>
      <ul className="rows">
        {invitations.map(({ invitationId, name, email, role, expiresAt }) => (
          <li key={invitationId} className="row member">
            <div className="row-main">
              <h3 className="row-title">{name}</h3>
              <p className="note quiet">
                {email} · {t(`role.${role}`)} · {t('members.until', { moment: moment(expiresAt, language) })}{' '}
                <HistoryButton id={invitationId} name={name} />
              </p>
            </div>
            <Button
              variant="default"
              onClick={() => withdrawing.mutate({ invitationId })}
              aria-label={t('members.withdrawWho', { name })}
            >
              {t('members.withdraw')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Invite() {
  const { t } = useTranslation()
  const language = useLanguage()
  const byMail = useWhoami()?.byMail ?? false
  const [person, setPerson] = useState<{ name: string; email: string; role: Role }>({
    name: '',
    email: '',
    role: 'editor',
  })
  const inviting = useChange('access.invite', {
    stale: ['invitation.list'],
    quiet: true,
    onDone: () => setPerson({ ...person, name: '', email: '' }),
  })
  return (
    <section className="section" aria-labelledby="invite">
      <h2 id="invite">{t('members.invite')}</h2>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          inviting.mutate({ ...person, name: person.name.trim(), email: person.email.trim() })
        }}
      >
        <TextInput
          label={t('members.name')}
          value={person.name}
          onChange={(event) => setPerson({ ...person, name: event.currentTarget.value })}
          required
          withAsterisk={false}
          autoComplete="off"
        />
        <TextInput
          type="email"
          label={t('account.email')}
          value={person.email}
          onChange={(event) => setPerson({ ...person, email: event.currentTarget.value })}
          error={inviting.error ? sentenceOf(inviting.error, t) : undefined}
          required
          withAsterisk={false}
          autoComplete="off"
        />
        <RoleSelect label={t('members.role')} value={person.role} onChange={(role) => setPerson({ ...person, role })} />
        <Button type="submit" loading={inviting.isPending}>
          {t(byMail ? 'invite.send' : 'members.makeLink')}
        </Button>
      </form>
      <div className="form-after" role="status">
        {inviting.data?.link === null ? (
          <p>{t('invite.sent', { moment: moment(inviting.data.expiresAt, language) })}</p>
        ) : null}
        {inviting.data?.link ? (
          <>
            <p>{t('members.linkOnce', { moment: moment(inviting.data.expiresAt, language) })}</p>
            <pre>{inviting.data.link}</pre>
            <p className="form-after">{t('invite.trust')}</p>
          </>
        ) : null}
      </div>
    </section>
  )
}
