#!/usr/bin/env node
/** Starts the command, which lies beside this file. */
import * as path from "node:path";
import { runCompiled } from "./compiled";

runCompiled(path.join(__dirname, "program.js"));
