import { Button, NativeSelect, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeldAccountView } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'

const stale = ['holder.list', 'person.list'] as const

/** Says whose an account is: somebody on the list, somebody new, or a program's. */
export function Match({ account, name }: { account: HeldAccountView; name: string }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <button
        type="button"
        className="text-button"
        aria-label={t(account.holder === null ? 'holder.setOf' : 'holder.changeOf', { name })}
        onClick={() => setAsking(true)}
      >
        {t(account.holder === null ? 'holder.set' : 'holder.change')}
      </button>
      <Dialog title={t('holder.setTitle')} opened={asking} onClose={() => setAsking(false)}>
        <MatchForm account={account} name={name} onDone={() => setAsking(false)} />
      </Dialog>
    </>
  )
}

function MatchForm({ account, name, onDone }: { account: HeldAccountView; name: string; onDone: () => void }) {
  const { t } = useTranslation()
  const { systemId, account: id, holder, proposal } = account
  const people = useRead('person.list', {}).data?.people ?? []
  const [kind, setKind] = useState(holder && holder.personId === null ? 'program' : 'person')
  const [personId, setPersonId] = useState(holder?.personId ?? proposal?.personId ?? '')
  const [owner, setOwner] = useState(holder?.owner ?? '')
  const [reason, setReason] = useState(holder?.reason ?? '')
  const [newName, setNewName] = useState('')
  const setting = useChange('holder.set', { stale, quiet: true, onDone })
  const adding = useChange('person.add', {
    stale,
    quiet: true,
    onDone: (added) => setting.mutate({ systemId, account: id, personId: added.personId }),
  })
  const error = adding.error ?? setting.error
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (kind === 'program') setting.mutate({ systemId, account: id, owner: owner.trim(), reason: reason.trim() })
        else if (personId === '') adding.mutate({ name: newName.trim() })
        else setting.mutate({ systemId, account: id, personId })
      }}
    >
      <p>
        <code>{name}</code> · {account.systemName}
      </p>
      <SegmentedControl
        aria-label={t('holder.whose')}
        value={kind}
        onChange={setKind}
        data={[
          { value: 'person', label: t('holder.ofPerson') },
          { value: 'program', label: t('holder.ofProgram') },
        ]}
      />
      {kind === 'program' ? (
        <>
          <TextInput
            label={t('holder.owner')}
            description={t('holder.ownerHint')}
            value={owner}
            onChange={(event) => setOwner(event.currentTarget.value)}
            required
            withAsterisk={false}
            maxLength={200}
          />
          <Textarea
            label={t('holder.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            required
            withAsterisk={false}
            minLength={3}
            maxLength={1_000}
            autosize
            minRows={2}
          />
        </>
      ) : (
        <>
          <NativeSelect
            label={t('holder.person')}
            value={personId}
            onChange={(event) => setPersonId(event.currentTarget.value)}
            data={[
              { value: '', label: t('holder.somebodyNew') },
              ...people.map((one) => ({
                value: one.id,
                label: one.email === null ? one.name : `${one.name} (${one.email})`,
              })),
            ]}
          />
          {personId === '' ? (
            <TextInput
              label={t('person.name')}
              value={newName}
              onChange={(event) => setNewName(event.currentTarget.value)}
              required
              withAsterisk={false}
              maxLength={200}
              autoComplete="off"
            />
          ) : null}
        </>
      )}
      {error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={setting.isPending || adding.isPending}>
          {t('holder.submit')}
        </Button>
        {holder === null ? null : (
          <Button onClick={() => setting.mutate({ systemId, account: id })}>{t('holder.free')}</Button>
        )}
        <Button onClick={onDone}>{t('action.cancel')}</Button>
      </div>
    </form>
  )
}
