import { Button, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange } from '../api/use-api.ts'
import { Refusal } from '../customer/Refusal.tsx'
import { linesOf, lists, nothing, stale, texts, transferLines, transfersOf } from './activity.ts'
import type { Activity, Side } from './activity.ts'

/** Everything that the law wants of an activity: added, changed or ended. */
export function ActivityForm({ side, activity, onDone }: { side: Side; activity?: Activity; onDone: () => void }) {
  const { t } = useTranslation()
  const before = activity?.said ?? nothing
  const [name, setName] = useState(activity?.name ?? '')
  const [typed, setTyped] = useState({
    purposes: before.purposes,
    legalBasis: before.legalBasis,
    categories: before.categories,
    jointControllers: before.jointControllers,
    retention: before.retention,
    measures: before.measures,
    people: before.people.join('\n'),
    data: before.data.join('\n'),
    recipients: before.recipients.join('\n'),
    systems: before.systems.join('\n'),
    transfers: transferLines(before.transfers),
  })
  const adding = useChange('processing.add', { stale, quiet: true, onDone })
  const changing = useChange('processing.change', { stale, quiet: true, onDone })
  const field = (one: keyof typeof typed) => ({
    autosize: true,
    minRows: 2,
    maxLength: 4_000,
    label: t(`processing.field.${one}`),
    value: typed[one],
    onChange: (event: { currentTarget: { value: string } }) => setTyped({ ...typed, [one]: event.currentTarget.value }),
  })
  const send = () => {
    const { people, data, recipients, systems, transfers, ...rest } = typed
    const said = {
      ...before,
      ...rest,
      people: linesOf(people),
      data: linesOf(data),
      recipients: linesOf(recipients),
      systems: linesOf(systems),
      transfers: transfersOf(transfers),
    }
    if (activity) changing.mutate({ activityId: activity.activityId, revision: activity.revision, name, said })
    else adding.mutate({ side, name, said })
  }
  return (
    <>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <TextInput
          required
          maxLength={200}
          label={t('processing.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {texts[side].map((one) => (
          <Textarea key={one} {...field(one)} />
        ))}
        {lists.map((one) => (
          <Textarea key={one} {...field(one)} description={t('processing.oneALine')} />
        ))}
        <Textarea {...field('transfers')} description={t('processing.transfersHint')} />
        <Refusal error={adding.error ?? changing.error} />
        <Button type="submit" variant="filled" loading={adding.isPending || changing.isPending}>
          {t('customer.save')}
        </Button>
      </form>
      {activity ? <End activity={activity} onDone={onDone} /> : null}
    </>
  )
}

function End({ activity: { activityId }, onDone }: { activity: Activity; onDone: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const ending = useChange('processing.end', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        ending.mutate({ activityId, reason })
      }}
    >
      <TextInput
        required
        minLength={3}
        maxLength={1_000}
        label={t('processing.endReason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Refusal error={ending.error} />
      <Button type="submit" loading={ending.isPending}>
        {t('processing.end')}
      </Button>
    </form>
  )
}
