import { PROXY_ROTATIONS, proxyPoolSchema } from '@domainflow/domain/http/proxy-pool.ts';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input, Select, Textarea } from '@domainflow/ui/primitives/input.tsx';
import { useQuery } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import { showFieldError, zodResolver } from '../../lib/form.ts';
import { api, trpc } from '../../lib/trpc.ts';
import { EntityForm } from '../entity-form/entity-form.tsx';
import { NumberField } from '../entity-form/number-field.tsx';
import { useEntityForm } from '../entity-form/use-entity-form.ts';
import { PoolMembers } from './pool-members.tsx';
import { type PoolView, ROTATION_LABELS } from './proxy-words.ts';

const { rotation, ejectAfterFailures, pauseMs, maxPauseMs, targetBy } = proxyPoolSchema.shape;

const schema = z
  .object({
    name: z.string().trim().min(1, 'A name is needed').max(100),
    description: z.string().trim().max(2_000),
    rotation: rotation.unwrap(),
    ejectAfterFailures: ejectAfterFailures.unwrap(),
    pauseMs: pauseMs.unwrap(),
    maxPauseMs: maxPauseMs.unwrap(),
    targetBy: targetBy.unwrap(),
    proxyIds: z.array(z.string()).min(1, 'A pool needs a proxy').max(1_000),
  })
  .refine((values) => values.maxPauseMs >= values.pauseMs, {
    path: ['maxPauseMs'],
    message: 'The longest pause must not be shorter than the first.',
  });
type Values = z.output<typeof schema>;

interface PoolFormProps {
  pool: PoolView | null;
  onDone: () => void;
}

/** A pool: its proxies, how they take turns, and when one is left out. */
export function PoolForm({ pool, onDone }: PoolFormProps) {
  const proxies = useQuery(trpc.proxies.list.queryOptions({ limit: 500 }));
  const { register, control, handleSubmit, formState, setError } = useForm<Values, unknown, Values>({
    resolver: zodResolver(schema),
    defaultValues: {
      name: pool?.name ?? '',
      description: pool?.description ?? '',
      rotation: pool?.rotation ?? 'round_robin',
      ejectAfterFailures: pool?.ejectAfterFailures ?? 3,
      pauseMs: pool?.pauseMs ?? 5_000,
      maxPauseMs: pool?.maxPauseMs ?? 300_000,
      targetBy: pool?.targetBy ?? 'name',
      proxyIds: pool?.proxyIds ?? [],
    },
  });
  const { errors, isDirty } = formState;
  const state = useEntityForm<Values>({
    save: (values) =>
      pool === null
        ? api.proxyPools.create.mutate(values)
        : api.proxyPools.update.mutate({ id: pool.proxyPoolId, version: pool.version, ...values }),
    remove:
      pool === null
        ? null
        : () => api.proxyPools.delete.mutate({ id: pool.proxyPoolId, version: pool.version }),
    showAtField: (error) => showFieldError<Values>(error, schema.keyof().options, setError),
    queryKey: trpc.proxyPools.pathKey(),
    onDone,
  });
  return (
    <EntityForm
      name={pool?.name ?? null}
      what="pool"
      state={state}
      isDirty={isDirty}
      deleteWarning="Its proxies stay. Drafts that name the pool have to be configured again."
      onDone={onDone}
      onSubmit={(event) => void handleSubmit((values) => state.save(values))(event)}
    >
      <Field label="Name" error={errors.name?.message}>
        {(field) => <Input {...field} {...register('name')} autoComplete="off" />}
      </Field>
      <Field label="Description" aside="optional" error={errors.description?.message}>
        {(field) => <Textarea {...field} {...register('description')} rows={2} />}
      </Field>
      <Controller
        control={control}
        name="proxyIds"
        render={({ field: { value, onChange } }) => (
          <PoolMembers
            proxies={proxies.data?.items ?? []}
            value={value}
            onChange={onChange}
            error={errors.proxyIds?.message}
          />
        )}
      />
      <div className="grid grid-cols-2 gap-3">
        <Field label="Rotation" error={errors.rotation?.message}>
          {(field) => (
            <Select {...field} {...register('rotation')}>
              {PROXY_ROTATIONS.map((each) => (
                <option key={each} value={each}>
                  {ROTATION_LABELS[each]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Sites are looked up by" error={errors.targetBy?.message}>
          {(field) => (
            <Select {...field} {...register('targetBy')}>
              <option value="name">The proxy</option>
              <option value="address">The DNS phase</option>
            </Select>
          )}
        </Field>
        <NumberField
          label="Left out after"
          hint="Failures in a row, 1 to 5."
          registration={register('ejectAfterFailures', { valueAsNumber: true })}
          error={errors.ejectAfterFailures?.message}
        />
        <span />
        <NumberField
          label="First pause (ms)"
          hint="Then one request tries it again."
          registration={register('pauseMs', { valueAsNumber: true })}
          error={errors.pauseMs?.message}
        />
        <NumberField
          label="Longest pause (ms)"
          hint="It doubles up to this."
          registration={register('maxPauseMs', { valueAsNumber: true })}
          error={errors.maxPauseMs?.message}
        />
      </div>
    </EntityForm>
  );
}
