import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { call } from '../api/call.ts'
import { knowsPasskeys, registerPasskey } from '../api/passkey.ts'
import { sentenceOf } from '../api/sentence.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { factorsQuery, useFactorsChanged } from './factors.ts'
import { RemoveFactor } from './RemoveFactor.tsx'

type Passkey = Output<'account.factors'>['passkeys'][number]

/** The passkeys of one's account. */
export function Passkeys() {
  const { t } = useTranslation()
  const factors = useQuery(factorsQuery)
  const [renamed, setRenamed] = useState<Passkey | null>(null)
  const fresh = useFactorsChanged()
  const removing = useMutation({
    mutationFn: (passkeyId: string) => call('account.remove_passkey', { passkeyId }),
    onSettled: fresh,
  })
  return (
    <section className="section" aria-labelledby="own-passkeys">
      <h2 id="own-passkeys">{t('factor.passkeys')}</h2>
      <p>{t('factor.passkeysLead')}</p>
      <Loaded read={factors}>
        {({ passkeys }) =>
          passkeys.length === 0 ? null : (
            <ul className="rows">
              {passkeys.map((passkey) => (
                <Row
                  key={passkey.passkeyId}
                  passkey={passkey}
                  onRename={() => setRenamed(passkey)}
                  onRemove={() => removing.mutateAsync(passkey.passkeyId)}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      {knowsPasskeys ? <NewPasskey onDone={fresh} /> : <p className="note">{t('factor.noPasskeys')}</p>}
      <Dialog title={t('factor.rename')} opened={renamed !== null} onClose={() => setRenamed(null)}>
        {renamed ? (
          <Rename
            passkey={renamed}
            onDone={() => {
              setRenamed(null)
              void fresh()
            }}
          />
        ) : null}
      </Dialog>
    </section>
  )
}

function Row({
  passkey,
  onRename,
  onRemove,
}: {
  passkey: Passkey
  onRename: () => void
  onRemove: () => Promise<unknown>
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { name } = passkey
  return (
    <li className="row member">
      <div className="row-main">
        <h3 className="row-title">{name}</h3>
        <p className="note quiet">{t('factor.since', { since: moment(passkey.since, language) })}</p>
      </div>
      <div className="member-side">
        <Button onClick={onRename} aria-label={t('factor.renameWhich', { name })}>
          {t('factor.rename')}
        </Button>
        <RemoveFactor title={t('factor.removeWhich', { name })} onRemove={onRemove} />
      </div>
    </li>
  )
}

function NewPasskey({ onDone }: { onDone: () => Promise<unknown> }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const adding = useMutation({
    mutationFn: () => registerPasskey(name.trim()),
    onSuccess: async () => {
      setName('')
      await onDone()
    },
  })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        adding.mutate()
      }}
    >
      <NameField name={name} onChange={setName} problem={adding.error ? sentenceOf(adding.error, t) : undefined} />
      <Button type="submit" loading={adding.isPending} disabled={name.trim() === ''}>
        {t('factor.addPasskey')}
      </Button>
    </form>
  )
}

function Rename({ passkey, onDone }: { passkey: Passkey; onDone: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState(passkey.name)
  const renaming = useMutation({
    mutationFn: () => call('account.rename_passkey', { passkeyId: passkey.passkeyId, name: name.trim() }),
    onSuccess: onDone,
  })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        renaming.mutate()
      }}
    >
      <NameField name={name} onChange={setName} problem={renaming.error ? sentenceOf(renaming.error, t) : undefined} />
      <Button type="submit" variant="filled" loading={renaming.isPending} disabled={name.trim() === ''}>
        {t('factor.rename')}
      </Button>
    </form>
  )
}

function NameField({
  name,
  onChange,
  problem,
}: {
  name: string
  onChange: (name: string) => void
  problem: string | undefined
}) {
  const { t } = useTranslation()
  return (
    <TextInput
      label={t('factor.passkeyName')}
      description={t('factor.passkeyNameHint')}
      maxLength={60}
      autoComplete="off"
      value={name}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={problem}
      required
      withAsterisk={false}
    />
  )
}
