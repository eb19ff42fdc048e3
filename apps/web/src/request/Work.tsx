import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange } from '../api/use-api.ts'
import { useLanguage } from '../language/use-language.ts'
import { Failure } from './Letter.tsx'
import { kinds, stale } from './request-view.ts'
import type { RequestView, Shown } from './request-view.ts'
import { Kinds } from './RequestsPage.tsx'

const roles = ['controller', 'processor'] as const

/** What is asked for, in which role, and who answers: first of all. */
export function Triage({ shown, onDone }: { shown: Shown; onDone: () => void }) {
  const { t } = useTranslation()
  const { request, people } = shown
  const [asked, setAsked] = useState<string[]>([...request.kinds])
  const [role, setRole] = useState<(typeof roles)[number]>(request.role ?? 'controller')
  const [owner, setOwner] = useState(request.owner?.accountId ?? '')
  const saving = useChange('request.triage', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate({
          requestId: request.requestId,
          kinds: kinds.filter((kind) => asked.includes(kind)),
          role,
          ownerAccount: owner === '' ? null : owner,
        })
      }}
    >
      <Kinds value={asked} onChange={setAsked} />
      <NativeSelect
        label={t('request.roleLabel')}
        description={t('request.roleHint')}
        value={role}
        onChange={(event) => setRole(roles.find((one) => one === event.currentTarget.value) ?? 'controller')}
        data={roles.map((value) => ({ value, label: t(`request.role.${value}`) }))}
      />
      <NativeSelect
        label={t('request.owner')}
        value={owner}
        onChange={(event) => setOwner(event.currentTarget.value)}
        data={[
          { value: '', label: t('request.nobody') },
          ...people.map(({ accountId, name }) => ({ value: accountId, label: name })),
        ]}
      />
      <Failure error={saving.error} />
      <div className="actions">
        <Button type="submit" variant="filled" disabled={asked.length === 0} loading={saving.isPending}>
          {t('request.save')}
        </Button>
      </div>
    </form>
  )
}

/** How it became clear who the person is. */
export function Identified({ request, onDone }: { request: RequestView; onDone: () => void }) {
  const { t } = useTranslation()
  const [how, setHow] = useState('')
  const saving = useChange('request.confirm_identity', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate({ requestId: request.requestId, how })
      }}
    >
      <Textarea
        required
        autosize
        minLength={3}
        maxLength={1_000}
        label={t('request.howLabel')}
        description={t('request.howHint')}
        value={how}
        onChange={(event) => setHow(event.currentTarget.value)}
      />
      <Failure error={saving.error} />
      <div className="actions">
        <Button type="submit" variant="filled" loading={saving.isPending}>
          {t('request.save')}
        </Button>
      </div>
    </form>
  )
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** By which addresses and names the person is looked for. */
export function Look({ request, onDone }: { request: RequestView; onDone: () => void }) {
  const { t } = useTranslation()
  const known = request.lookedFor.mails.length > 0 ? request.lookedFor.mails : [request.email ?? '']
  const [mails, setMails] = useState(known.join('\n'))
  const [names, setNames] = useState(
    request.lookedFor.names.length > 0 ? request.lookedFor.names.join('\n') : request.name,
  )
  const looking = useChange('request.look', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        looking.mutate({ requestId: request.requestId, mails: linesOf(mails), names: linesOf(names) })
      }}
    >
      <p className="quiet">{t('request.lookLead')}</p>
      <Textarea
        autosize
        label={t('request.mails')}
        description={t('request.oneALine')}
        value={mails}
        onChange={(event) => setMails(event.currentTarget.value)}
      />
      <Textarea
        autosize
        label={t('request.names')}
        description={t('request.namesHint')}
        value={names}
        onChange={(event) => setNames(event.currentTarget.value)}
      />
      <Failure error={looking.error} />
      <div className="actions">
        <Button type="submit" variant="filled" loading={looking.isPending}>
          {t('request.look')}
        </Button>
      </div>
    </form>
  )
}

/** Erasing what lies at an address: typed once more, and with what is kept all the same. */
export function Erase({ shown: { request, places }, onDone }: { shown: Shown; onDone: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const names = new Map(places.map(({ place, name }) => [place, name[language]]))
  const [email, setEmail] = useState('')
  const [keptReason, setKeptReason] = useState(request.keptReason)
  const [erased, setErased] = useState<Readonly<Record<string, number>> | null>(null)
  const erasing = useChange('request.erase', { stale, quiet: true, onDone: (made) => setErased(made.erased) })
  if (erased)
    return (
      <div className="form" role="status">
        <p>{Object.keys(erased).length === 0 ? t('request.nothingErased') : t('request.erasedIn')}</p>
        <ul>
          {Object.entries(erased).map(([place, count]) => (
            <li key={place}>{t('request.erasedRows', { place: names.get(place) ?? place, count })}</li>
          ))}
        </ul>
        <div className="actions">
          <Button onClick={onDone}>{t('request.close')}</Button>
        </div>
      </div>
    )
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        erasing.mutate({ requestId: request.requestId, email, keptReason })
      }}
    >
      <p>{t('request.eraseLead')}</p>
      <p>{request.lookedFor.mails.join(', ')}</p>
      <TextInput
        required
        type="email"
        autoComplete="off"
        label={t('request.eraseTyped')}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Textarea
        autosize
        maxLength={4_000}
        label={t('request.keptReason')}
        description={t('request.keptHint')}
        value={keptReason}
        onChange={(event) => setKeptReason(event.currentTarget.value)}
      />
      <Failure error={erasing.error} />
      <div className="actions">
        <Button type="submit" variant="filled" loading={erasing.isPending}>
          {t('request.erase')}
        </Button>
      </div>
    </form>
  )
}
