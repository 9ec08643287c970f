/** Pictures made of characters: pure drawing, from numbers to lines of text. Knows neither databases nor terminals. */
package io.tcpsnap.plot;
