/**
 * Constants and enums of the kernel's user-space interface, under the kernel's own names.
 *
 * <p>Knows nothing of the rest of the program, holds no parsing and no state.
 */
package io.tcpsnap.kernel;
