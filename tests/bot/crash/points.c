/* Loaded before libc. Counts the system calls that touch the database's folder or a socket, and lets
   the N-th of them kill the process, be torn in half, or fail. What it counts stands in memory that a
   forked process shares with its parent, so that the parent can read it after the kill. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum mode { OFF, COUNT, KILL, TEAR, FAIL, FAIL_ON, KILL_SERVER, REFUSE_SYNC };
enum { NAMES = 4096, LONGEST = 40 };

struct points {
    long at, seen, server_killed;
    char names[NAMES][LONGEST];
};

static enum mode mode = OFF;
static char folder[PATH_MAX];
static size_t folder_length;
static int client = -1; /* the connection by which the request came */
static pid_t server;    /* the process of PostgreSQL that serves this one */
static struct points *points;

/* For the parent, once. */
struct points *points_open(const char *watched) {
    snprintf(folder, sizeof folder, "%s", watched);
    folder_length = strlen(folder);
    points = mmap(NULL, sizeof *points, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return points;
}
void points_arm(enum mode what, long at, int connection) {
    client = connection;
    points->at = at;
    points->seen = points->server_killed = 0;
    mode = what;
}
void points_disarm(void) { mode = OFF; }
void points_server(int pid) { server = pid; }
long points_seen(void) { return points->seen; }
long points_server_killed(void) { return points->server_killed; }
const char *points_name(long number) { return points->names[(number - 1) % NAMES]; }

/* What a descriptor leads to; NULL where it is none of ours. */
static const char *of(int fd, char *path) {
    struct stat found;
    char link[32];
    if (fd < 0 || fstat(fd, &found)) return NULL;
    if (S_ISSOCK(found.st_mode)) return fd == client ? "client" : "socket";
    if (!S_ISREG(found.st_mode)) return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return NULL;
    path[length] = 0;
    return strncmp(path, folder, folder_length) ? NULL : path + folder_length;
}

enum verdict { GO_ON, BREAK_OFF, TEAR_IT };

static enum verdict at_point(const char *call, const char *what) {
    long number = __atomic_add_fetch(&points->seen, 1, __ATOMIC_SEQ_CST);
    snprintf(points->names[(number - 1) % NAMES], LONGEST, "%s %s", call, what);
    if (number < points->at) return GO_ON;
    if (mode == REFUSE_SYNC) return strstr(call, "sync") ? BREAK_OFF : GO_ON;
    if (number > points->at && mode != FAIL_ON) return GO_ON;
    if (mode == FAIL_ON && number > points->at && (!strcmp(what, "client") || !strcmp(call, "lock")))
        return GO_ON; /* locks are the kernel's, whatever the disk does */
    switch (mode) {
    case KILL:
        raise(SIGKILL);
        return GO_ON;
    case KILL_SERVER:
        if (server) points->server_killed = !kill(server, SIGKILL);
        return GO_ON;
    case TEAR:
        return TEAR_IT;
    case FAIL:
    case FAIL_ON:
        return BREAK_OFF;
    default:
        return GO_ON;
    }
}
static enum verdict on_fd(const char *call, int fd) {
    char path[PATH_MAX];
    int before = errno;
    const char *what = mode == OFF ? NULL : of(fd, path);
    errno = before;
    return what ? at_point(call, what) : GO_ON;
}
static enum verdict on_path(const char *call, const char *path) {
    if (mode == OFF || strncmp(path, folder, folder_length)) return GO_ON;
    return at_point(call, path + folder_length);
}
static int is_socket(int fd) {
    struct stat found;
    return !fstat(fd, &found) && S_ISSOCK(found.st_mode);
}
/* A disk that is broken, or from the N-th call on full; a network that resets: nothing goes over that
   connection any more, and the other end learns of it. */
static int error_of(int fd, int writes) {
    if (fd >= 0 && is_socket(fd)) {
        shutdown(fd, SHUT_RDWR);
        return ECONNRESET;
    }
    return writes && mode == FAIL_ON ? ENOSPC : EIO;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAILS(point, fd, writes) \
    if ((point) == BREAK_OFF) return errno = error_of(fd, writes), -1

/* Half of it is done, then the process is gone. */
#define WRITES(name, fd, size, half, whole)                 \
    switch (on_fd(#name, fd)) {                             \
    case BREAK_OFF: return errno = error_of(fd, 1), -1;     \
    case TEAR_IT:                                           \
        if ((size) > 1) { (void)!half; }                    \
        raise(SIGKILL);                                     \
    default: return whole;                                  \
    }

ssize_t write(int fd, const void *from, size_t size) {
    WRITES(write, fd, size, REAL(write)(fd, from, size / 2), REAL(write)(fd, from, size))
}
ssize_t pwrite(int fd, const void *from, size_t size, off_t at) {
    WRITES(pwrite, fd, size, REAL(pwrite)(fd, from, size / 2, at), REAL(pwrite)(fd, from, size, at))
}
ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at) {
    WRITES(pwrite64, fd, size, REAL(pwrite64)(fd, from, size / 2, at),
           REAL(pwrite64)(fd, from, size, at))
}
ssize_t send(int fd, const void *from, size_t size, int flags) {
    WRITES(send, fd, size, REAL(send)(fd, from, size / 2, flags), REAL(send)(fd, from, size, flags))
}
ssize_t sendto(int fd, const void *from, size_t size, int flags, __CONST_SOCKADDR_ARG to,
               socklen_t length) {
    WRITES(sendto, fd, size, REAL(sendto)(fd, from, size / 2, flags, to, length),
           REAL(sendto)(fd, from, size, flags, to, length))
}
ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    WRITES(sendmsg, fd, 0, 0, REAL(sendmsg)(fd, message, flags))
}

/* What changes something and cannot be torn: the process dies right after it. */
#define CHANGES(point, fd, whole)                           \
    switch (point) {                                        \
    case BREAK_OFF: return errno = error_of(fd, 1), -1;     \
    case TEAR_IT: (void)!whole; raise(SIGKILL);             \
    default: return whole;                                  \
    }

int fsync(int fd) { CHANGES(on_fd("fsync", fd), fd, REAL(fsync)(fd)) }
int fdatasync(int fd) { CHANGES(on_fd("fdatasync", fd), fd, REAL(fdatasync)(fd)) }
int ftruncate(int fd, off_t to) { CHANGES(on_fd("ftruncate", fd), fd, REAL(ftruncate)(fd, to)) }
int ftruncate64(int fd, off64_t to) {
    CHANGES(on_fd("ftruncate", fd), fd, REAL(ftruncate64)(fd, to))
}
int unlink(const char *path) { CHANGES(on_path("unlink", path), -1, REAL(unlink)(path)) }
int mkdir(const char *path, mode_t how) {
    CHANGES(on_path("mkdir", path), -1, REAL(mkdir)(path, how))
}
int rename(const char *path, const char *to) {
    CHANGES(on_path("rename", path), -1, REAL(rename)(path, to))
}
int connect(int fd, __CONST_SOCKADDR_ARG to, socklen_t length) {
    CHANGES(on_fd("connect", fd), fd, REAL(connect)(fd, to, length))
}
void *mmap(void *where, size_t size, int how, int flags, int fd, off_t at) {
    if (fd >= 0 && on_fd("mmap", fd) == BREAK_OFF) return errno = ENOMEM, MAP_FAILED;
    return REAL(mmap)(where, size, how, flags, fd, at);
}
void *mmap64(void *where, size_t size, int how, int flags, int fd, off64_t at) {
    if (fd >= 0 && on_fd("mmap", fd) == BREAK_OFF) return errno = ENOMEM, MAP_FAILED;
    return REAL(mmap64)(where, size, how, flags, fd, at);
}

/* What only reads. */
ssize_t read(int fd, void *to, size_t size) {
    FAILS(on_fd("read", fd), fd, 0);
    return REAL(read)(fd, to, size);
}
ssize_t pread(int fd, void *to, size_t size, off_t at) {
    FAILS(on_fd("pread", fd), fd, 0);
    return REAL(pread)(fd, to, size, at);
}
ssize_t pread64(int fd, void *to, size_t size, off64_t at) {
    FAILS(on_fd("pread", fd), fd, 0);
    return REAL(pread64)(fd, to, size, at);
}
ssize_t recv(int fd, void *to, size_t size, int flags) {
    FAILS(on_fd("recv", fd), fd, 0);
    return REAL(recv)(fd, to, size, flags);
}
ssize_t recvfrom(int fd, void *to, size_t size, int flags, __SOCKADDR_ARG from, socklen_t *length) {
    FAILS(on_fd("recvfrom", fd), fd, 0);
    return REAL(recvfrom)(fd, to, size, flags, from, length);
}

#define OPENS(name, path, call)                                                   \
    int name {                                                                    \
        va_list rest;                                                             \
        va_start(rest, flags);                                                    \
        mode_t how = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;    \
        va_end(rest);                                                             \
        CHANGES(on_path("open", path), -1, call)                                  \
    }
OPENS(open(const char *path, int flags, ...), path, REAL(open)(path, flags, how))
OPENS(open64(const char *path, int flags, ...), path, REAL(open64)(path, flags, how))
OPENS(openat(int at, const char *path, int flags, ...), path, REAL(openat)(at, path, flags, how))
OPENS(openat64(int at, const char *path, int flags, ...), path, REAL(openat64)(at, path, flags, how))

/* Locks. To let go of one needs nothing that could be missing: it never fails. */
static int takes_a_lock(int what, const struct flock *how) {
    return (what == F_SETLK || what == F_SETLKW || what == F_OFD_SETLK) && how->l_type != F_UNLCK;
}
#define CONTROLS(name)                                                            \
    int name(int fd, int what, ...) {                                             \
        va_list rest;                                                             \
        va_start(rest, what);                                                     \
        void *how = va_arg(rest, void *);                                         \
        va_end(rest);                                                             \
        if (takes_a_lock(what, how)) FAILS(on_fd("lock", fd), fd, 0);             \
        return REAL(name)(fd, what, how);                                         \
    }
CONTROLS(fcntl)
CONTROLS(fcntl64)
