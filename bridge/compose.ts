/** The only place that builds across folders: every room is made here, in the order in which rooms need each other. */

import { randomBytes, randomUUID } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { gatewaySchema, numberSchema, routeSchema, ruleSchema } from '../shared/admin/index.ts';
import { Closers } from './Closers.ts';
import { CallDirector } from './call-server/call-director/index.ts';
import { CallLogger, Retention, type RetentionOptions, StaleCalls } from './call-server/call-logger/index.ts';
import {
  CallQualities,
  CallTraffic,
