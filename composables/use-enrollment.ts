import { computed, onScopeDispose, shallowRef, type ComputedRef, type ShallowRef } from 'vue';

import { errorCodeOf, type ErrorCode } from '@/utils/errors';
import { send } from '@/utils/messaging/client';
import type { Enrollment } from '@/utils/messaging/protocol';

const LEAST_WAIT_MS = 1000;

export interface EnrollmentFace {
  enrollment: Readonly<ShallowRef<Enrollment | undefined>>;
  scanning: Readonly<ShallowRef<boolean>>;
  /** Why the scan, or the enrolment after it, came to nothing. */
  error: Readonly<ShallowRef<ErrorCode | undefined>>;
  /** A scan is going on, or has left something to say. */
  active: ComputedRef<boolean>;
  scan: () => Promise<void>;
  /** The enrolment that was left open on the tab, with the codes of this moment. */
  resume: () => Promise<void>;
  save: (candidateId: string, names: { issuer: string; accountName: string }) => Promise<void>;
  discard: () => Promise<void>;
}

/** Adding accounts from what a tab shows. The background keeps what a scan found. */
export function useEnrollment(
  tabId: Readonly<ShallowRef<number | undefined>>,
  clock = Date.now,
): EnrollmentFace {
  const enrollment = shallowRef<Enrollment>();
  const scanning = shallowRef(false);
  const error = shallowRef<ErrorCode>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  function show(found: Enrollment | undefined) {
    enrollment.value = found;
    clearTimeout(timer);
    const ends = (found?.candidates ?? [])
      .filter(({ type }) => type !== 'hotp')
      .map(({ validUntil }) => validUntil);
    if (ends.length === 0) return;
    timer = setTimeout(() => void renew(), Math.max(LEAST_WAIT_MS, Math.min(...ends) - clock()));
  }

  async function renew() {
    await resume();
    if (!enrollment.value && !scanning.value) error.value = 'enrollment-expired';
  }

  async function resume() {
    if (tabId.value === undefined || scanning.value) return;
    const mine = turn;
    try {
      const found = await send('enroll.resume', { tabId: tabId.value });
      if (mine === turn) show(found);
    } catch {
      if (mine === turn) show(undefined);
    }
  }

  async function scan() {
    const mine = ++turn;
    show(undefined);
    error.value = undefined;
    if (tabId.value === undefined) {
      error.value = 'page-unreachable';
      return;
    }
    scanning.value = true;
    try {
      const found = await send('enroll.scan', { tabId: tabId.value });
      if (mine === turn) show(found);
    } catch (failure) {
      if (mine === turn) error.value = errorCodeOf(failure);
    } finally {
      if (mine === turn) scanning.value = false;
    }
  }

  async function save(candidateId: string, names: { issuer: string; accountName: string }) {
    if (tabId.value === undefined) return;
    await send('enroll.save', { tabId: tabId.value, candidateId, ...names });
    await resume();
  }

  async function discard() {
    turn++;
    show(undefined);
    scanning.value = false;
    error.value = undefined;
    if (tabId.value !== undefined) await send('enroll.discard', { tabId: tabId.value });
  }

  onScopeDispose(() => {
    turn++;
    show(undefined);
  });
  return {
    enrollment,
    scanning,
    error,
    active: computed(() => scanning.value || !!enrollment.value || !!error.value),
    scan,
    resume,
    save,
    discard,
  };
}
